import { expect, test } from 'vitest';
import { textsOf } from './texts.ts';

test('the menu has different words for undo and for cancel, as the windows have', () => {
  expect(textsOf('en').menu.undo).not.toMatch(/cancel/i);
  expect(textsOf('fr').menu.undo).not.toMatch(/annul/i);
  expect(textsOf('fr').menu.cancelSignIn).toMatch(/^Annuler/);
});
