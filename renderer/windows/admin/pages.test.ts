import { describe, expect, test } from 'vitest';
import type { Role } from '../../../contract/domain.ts';
import { methods } from '../../../contract/methods.ts';
import { adminPages } from '../../../contract/results.ts';
import { firstPage, listedPages, roleOfPage } from './pages.ts';

const order: readonly Role[] = ['viewer', 'operator', 'supervisor', 'admin'];
const as = (own: Role) => (needed: Role) => order.indexOf(own) >= order.indexOf(needed);

describe('pages by role', () => {
  test('admins have all, supervisors figures and the audit log, others none', () => {
    expect(listedPages(as('admin'), undefined)).toEqual(adminPages);
    expect(listedPages(as('supervisor'), undefined)).toEqual(['statistics', 'audit']);
    expect(listedPages(as('operator'), undefined)).toEqual([]);
  });

  test('the page one is on stays listed when the rights go', () => {
    expect(listedPages(as('supervisor'), 'thresholds')).toEqual(['thresholds', 'statistics', 'audit']);
    expect(listedPages(as('viewer'), 'audit')).toEqual(['audit']);
  });

  test('begins with the first page that the rights reach', () => {
    expect(firstPage(as('admin'))).toBe('users');
    expect(firstPage(as('supervisor'))).toBe('statistics');
    expect(firstPage(as('viewer'))).toBe('users');
  });

  test('a page needs the role that the contract gives its methods', () => {
    expect(roleOfPage.users).toBe(methods['admin.listUsers'].role);
    expect(roleOfPage.thresholds).toBe(methods['admin.listThresholds'].role);
    expect(roleOfPage['vehicle-types']).toBe(methods['admin.listVehicleTypes'].role);
    expect(roleOfPage.cameras).toBe(methods['admin.listCameras'].role);
    expect(roleOfPage.settings).toBe(methods['admin.listSettings'].role);
    expect(roleOfPage.workstations).toBe(methods['admin.listWorkstations'].role);
    expect(roleOfPage.guidance).toBe(methods['admin.listGuidance'].role);
    expect(roleOfPage.statistics).toBe(methods['alerts.figures'].role);
    expect(roleOfPage.audit).toBe(methods['audit.list'].role);
  });
});
