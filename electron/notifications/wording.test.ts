import { describe, expect, test } from 'vitest';
import type { Alert } from '../../contract/domain.ts';
import { wordAlert, wordFlood, wordGroup } from './wording.ts';

const alert: Alert = {
  id: 'a',
  passId: 'p',
  vehicleIndex: 12,
  position: '3Rb',
  rule: 'height',
  severity: 'critical',
  state: 'active-unacknowledged',
  present: true,
  value: 17_180,
  limit: 18_000,
  raisedAt: 0,
  receivedAt: 0,
  provisional: false,
  trainNumber: '6412',
};

describe('a notification', () => {
  test('says train, car, spring, value and limit', () => {
    expect(wordAlert(alert, 'en')).toEqual({
      title: '▲ Train 6412 · car 12',
      body: 'Spring 3Rb: height 171.8 mm, limit 180.0 mm',
    });
  });

  test('says so in French, with the sides of the French interface', () => {
    const words = wordAlert({ ...alert, position: '3Lb' }, 'fr');
    expect(words.title).toBe('▲ Train 6412 · wagon 12');
    expect(words.body.replaceAll(/\s/g, ' ')).toBe('Ressort 3Gb: hauteur 171,8 mm, limite 180,0 mm');
  });

  test('names a defect instead of a number', () => {
    const broken: Alert = { ...alert, rule: 'defect', defect: 'broken', value: 0.93, limit: undefined };
    expect(wordAlert(broken, 'en').body).toBe('Spring 3Rb: broken');
  });

  test('names no spring where there is none', () => {
    const blind: Alert = {
      ...alert,
      rule: 'camera-blind',
      vehicleIndex: undefined,
      position: 'left',
      value: 0.6,
    };
    expect(wordAlert(blind, 'en')).toEqual({ title: '▲ Train 6412', body: 'cameras of one side blind' });
    const gap: Alert = {
      ...alert,
      rule: 'data-gap',
      severity: 'warning',
      passId: undefined,
      vehicleIndex: undefined,
      position: undefined,
      trainNumber: undefined,
      streamId: 'folk-t1',
      value: 3,
      limit: undefined,
    };
    expect(wordAlert(gap, 'en')).toEqual({ title: '● folk-t1', body: 'camera data missing' });
  });

  test('for many counts them exactly', () => {
    const warning: Alert = { ...alert, severity: 'warning', trainNumber: '6414' };
    expect(wordGroup([alert, warning, alert], 'en')).toEqual({
      title: '▲ 3 more alerts',
      body: 'critical: 2, warnings: 1 · Train 6412, Train 6414',
    });
  });

  test('in a flood says so, with its size', () => {
    const warning: Alert = { ...alert, severity: 'warning' };
    expect(wordFlood([alert, warning], 4_812, 'en')).toEqual({
      title: '▲ Alarm flood: 4,812 alerts in 10 minutes',
      body: 'New: critical: 1, warnings: 1 · Train 6412',
    });
    expect(wordFlood([warning], 12, 'fr').title).toBe('● Avalanche d’alarmes : 12 alertes en 10 minutes');
    expect(wordFlood([alert], 12, 'en').body).toBe(
      '▲ Train 6412 · car 12: Spring 3Rb: height 171.8 mm, limit 180.0 mm',
    );
  });
});
