import i18next from 'i18next';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Alert } from '../../contract/domain.ts';
import { alertText } from './alert-text.ts';
import { setLanguage, startTranslations } from './i18n.ts';
import type { Translate } from './i18n.ts';

const alert = (over: Partial<Alert>): Alert => ({
  id: 'a',
  rule: 'defect',
  severity: 'warning',
  state: 'active-unacknowledged',
  present: true,
  raisedAt: 0,
  receivedAt: 0,
  provisional: false,
  vehicleNumber: '9870 1003',
  ...over,
});

const t: Translate = (key, values) => i18next.t(key, { ...values });

const lines: readonly (readonly [Partial<Alert>, string, string])[] = [
  [{ rule: 'defect', defect: 'broken', position: '3Rb', value: 0.93 }, '3Rb broken', '3Db cassé'],
  [
    { rule: 'height', position: '2La', value: 19420, limit: 19500 },
    '2La height 194.2 mm (limit 195.0 mm)',
    '2Ga hauteur 194,2 mm (limite 195,0 mm)',
  ],
  [
    { rule: 'asymmetry', position: '2b', value: 1320, limit: 1200 },
    '2b left/right difference 13.2 mm (limit 12.0 mm)',
    '2b écart gauche/droite 13,2 mm (limite 12,0 mm)',
  ],
  [
    { rule: 'conflict', position: '3Rb', value: 1610 },
    '3Rb contradictory heights, 16.1 mm apart',
    '3Db hauteurs contradictoires, 16,1 mm d’écart',
  ],
  [
    { rule: 'trend', position: '1La', value: 720, limit: 600 },
    '1La has settled by 7.2 mm (limit 6.0 mm)',
    '1Ga s’est affaissé de 7,2 mm (limite 6,0 mm)',
  ],
  [
    { rule: 'unseen', position: '1La', value: 3, limit: 3 },
    '1La not seen in 3 passes in a row',
    '1Ga non vu lors de 3 passages de suite',
  ],
  [
    { rule: 'incomplete', value: 5, limit: 3 },
    'incomplete: 5 springs not measured',
    'incomplet : 5 ressorts non mesurés',
  ],
  [{ rule: 'identity' }, 'identification uncertain', 'identification incertaine'],
  [
    { rule: 'count-mismatch', value: 38, limit: 36 },
    'car count differs: 38 seen, 36 counted at the end',
    'nombre de wagons différent : 38 vus, 36 comptés à la fin',
  ],
  [
    { rule: 'camera-blind', position: 'left', value: 0.62, limit: 0.5 },
    'left side: camera blind, 62 % of its springs not measured',
    'côté gauche : caméra aveugle, 62 % de ses ressorts non mesurés',
  ],
  [
    { rule: 'camera-blind', position: 'right', value: 1, limit: 0.5 },
    'right side: camera blind, 100 % of its springs not measured',
    'côté droit : caméra aveugle, 100 % de ses ressorts non mesurés',
  ],
  [{ rule: 'data-gap', value: 12 }, '12 camera events lost', '12 événements caméra perdus'],
  [{ rule: 'data-gap', value: 1 }, '1 camera event lost', '1 événement caméra perdu'],
];

beforeAll(() => startTranslations('en'));

describe('the line of an alert', () => {
  test.each(lines)('%o in English', async (over, english) => {
    await setLanguage('en');
    expect(alertText(alert(over), t, 'en')).toBe(english);
  });

  test.each(lines)('%o in French', async (over, _english, french) => {
    await setLanguage('fr');
    expect(alertText(alert(over), t, 'fr')).toBe(french);
  });

  test('without a value is the name of its rule', async () => {
    await setLanguage('en');
    expect(alertText(alert({ rule: 'count-mismatch' }), t, 'en')).toBe('car count differs');
  });
});
