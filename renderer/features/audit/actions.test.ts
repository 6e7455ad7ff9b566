import { expect, test } from 'vitest';
import { en } from '../../ui/translations/panel/en.ts';
import { auditActions, auditEntities } from './actions.ts';

test('every act and thing of the filter has a name', () => {
  const keys = [
    ...auditActions.map((action) => `audit.action.${action}`),
    ...auditEntities.map((entity) => `audit.entity.${entity}`),
  ];
  expect(keys.filter((key) => !Object.hasOwn(en, key))).toEqual([]);
});

test('every named act and thing is offered', () => {
  const offered = new Set<string>([...auditActions, ...auditEntities]);
  const named = Object.keys(en)
    .filter((key) => /^audit\.(action|entity)\./.test(key))
    .map((key) => key.replace(/^audit\.(action|entity)\./, ''));
  expect(named.filter((name) => !offered.has(name))).toEqual([]);
});
