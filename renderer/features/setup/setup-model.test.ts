import { describe, expect, test } from 'vitest';
import { emptyDraft, isIssuerWrong, missingForLogin, missingForSave, saveInput } from './setup-model.ts';
import type { SetupDraft } from './setup-model.ts';

const filled: SetupDraft = {
  ...emptyDraft,
  workstation: 'RCC-FOLK-03',
  hosts: 'db1:5432',
  streams: [{ key: 1, url: 'wss://cameras/stream', token: { kind: 'env', text: 'TOKEN' } }],
};

describe('signing in at a new workstation', () => {
  test('is optional: without it nothing is missing and nothing is written of it', () => {
    expect(missingForSave(filled)).toEqual([]);
    expect(saveInput(filled).login).toBeUndefined();
  });

  test('is all or nothing', () => {
    expect(missingForSave({ ...filled, clientId: 'vicore' })).toEqual(['setup.issuer']);
    expect(missingForSave({ ...filled, issuer: 'https://login.example.com' })).toEqual(['setup.clientId']);
  });

  test('goes to the configuration without the blanks around it', () => {
    const draft = { ...filled, issuer: ' https://login.example.com/realms/rail ', clientId: ' vicore ' };
    expect(missingForSave(draft)).toEqual([]);
    expect(saveInput(draft).login).toEqual({
      issuer: 'https://login.example.com/realms/rail',
      clientId: 'vicore',
    });
  });

  test.each(['login.example.com', 'ldap://login', 'javascript:alert(1)'])('%s is no address', (issuer) => {
    const draft = { ...filled, issuer, clientId: 'vicore' };
    expect(isIssuerWrong(draft)).toBe(true);
    expect(missingForLogin(draft)).toEqual(['setup.issuer']);
  });
});
