import type { AlarmFigures, Guidance, Rule, Severity } from '../../contract/domain.ts';
import { failure, success } from '../../contract/errors.ts';
import type { Result } from '../../contract/errors.ts';
import { never, page } from './fake-main.ts';
import type { Part } from './fake-main.ts';
import { random } from './springs.ts';

const hour = 3_600_000;
const day = 24 * hour;
const rules: readonly Rule[] = [
  'defect',
  'height',
  'asymmetry',
  'conflict',
  'trend',
  'unseen',
  'incomplete',
  'identity',
  'count-mismatch',
  'camera-blind',
  'data-gap',
];
const severities: readonly Severity[] = ['critical', 'warning'];

const written = (now: number): readonly Guidance[] => [
  {
    rule: 'defect',
    severity: 'critical',
    textEn:
      'Look at the picture of the spring and at the one before it.\nA broken or missing spring: call the rolling-stock controller (ext. 4410) at once. The train does not leave the terminal.\nIn the tunnel: the train goes on to the terminal at 80 km/h; tell the rail traffic controller.',
    textFr:
      'Regarder l’image du ressort et la précédente.\nRessort cassé ou manquant : appeler aussitôt le contrôleur matériel (poste 4410). Le train ne quitte pas le terminal.\nEn tunnel : le train continue jusqu’au terminal à 80 km/h ; prévenir le régulateur.',
    checklist: [
      { en: 'Picture looked at', fr: 'Image regardée' },
      { en: 'Rolling-stock controller called', fr: 'Contrôleur matériel appelé' },
      { en: 'Train held or speed limited', fr: 'Train retenu ou vitesse limitée' },
    ],
    updatedBy: 'Dora Okafor',
    updatedAt: now - 12 * day,
    revision: 4,
  },
  {
    rule: 'height',
    severity: 'critical',
    textEn: 'Compare with the opposite spring. The car is inspected before the next departure.',
    textFr: '',
    checklist: [
      { en: 'Opposite spring compared', fr: 'Ressort opposé comparé' },
      { en: 'Inspection ordered', fr: '' },
    ],
    updatedBy: 'Marc Vasseur',
    updatedAt: now - 2 * day,
    revision: 2,
  },
  {
    rule: 'trend',
    severity: 'warning',
    textEn: '<b>Plan</b> an inspection <script>alert(1)</script> & note the car. ‏عربية‏',
    textFr: 'Prévoir une inspection & noter le wagon.',
    checklist: [],
    updatedBy: 'Dora Okafor',
    updatedAt: now - 40 * day,
    revision: 1,
  },
];

const allGuidance = (now: number): readonly Guidance[] =>
  rules.flatMap((rule) =>
    severities.map(
      (severity) =>
        written(now).find((each) => each.rule === rule && each.severity === severity) ?? {
          rule,
          severity,
          textEn: '',
          textFr: '',
          checklist: [],
          revision: 0,
        },
    ),
  );

const nothing = (from: number, to: number): AlarmFigures => ({
  from,
  to,
  raised: { critical: 0, warning: 0 },
  operators: 0,
  perOperatorAndDay: 0,
  shareInFlood: 0,
  standing: 0,
  shelved: 0,
  series: [],
  topSources: [],
  chattering: [],
  falseRates: [],
});

/** A day with a bad morning: few alerts at night, a flood when a camera went blind. */
const figuresOf = (from: number, to: number, factor: number): AlarmFigures => {
  const step = to - from > 14 * day ? day : hour;
  const next = random(11);
  const series = Array.from({ length: Math.ceil((to - from) / step) }, (_, place) => {
    const busy = step === day ? 24 : 1 + Math.max(0, Math.sin((place / 24) * Math.PI * 2));
    const bad = place % 23 === 19 ? 5 : 1;
    return {
      from: from + place * step,
      critical: Math.floor(next() * busy * bad * 0.9 * factor),
      warning: Math.floor(next() * busy * bad * 4 * factor),
    };
  });
  const raised = series.reduce(
    (sum, each) => ({ critical: sum.critical + each.critical, warning: sum.warning + each.warning }),
    { critical: 0, warning: 0 },
  );
  const operators = 2;
  return {
    from,
    to,
    raised,
    operators,
    perOperatorAndDay: (raised.critical + raised.warning) / operators / ((to - from) / day),
    worstTenMinutes: { from: from + 19 * hour + 1_320_000, count: Math.round(14 * factor) },
    shareInFlood: 0.014 * factor,
    standing: 17,
    shelved: 1,
    timeToAcknowledge: { median: 41_000, percentile95: 512_000 },
    series,
    topSources: Array.from({ length: 10 }, (_, place) => ({
      vehicleNumber: place === 3 ? undefined : `9870 ${1034 + place * 7}`,
      position: place === 3 ? 'left' : `${1 + (place % 4)}${place % 2 === 0 ? 'L' : 'R'}b`,
      rule: rules[place === 3 ? 9 : place % 5] ?? 'height',
      site: place % 3 === 0 ? 'Coquelles' : 'Folkestone',
      count: 31 - place * 3,
    })),
    chattering: [
      { vehicleNumber: '9870 1034', position: '3Rb', rule: 'height', site: 'Folkestone', count: 6 },
    ],
    falseRates: [
      { by: 'rule', name: 'conflict', judged: 12, wrong: 9 },
      { by: 'rule', name: 'height', judged: 64, wrong: 5 },
      { by: 'rule', name: 'defect', judged: 21, wrong: 1 },
      { by: 'vehicle-type', name: 'carrier-truck', judged: 58, wrong: 6 },
      { by: 'vehicle-type', name: 'carrier-car', judged: 39, wrong: 9 },
      { by: 'camera', name: 'F1L north portal', judged: 40, wrong: 3 },
      { by: 'camera', name: 'F1R', judged: 38, wrong: 11 },
    ],
  };
};

/** Guidance and the figures of the alarm system; `?other=saves` lets another admin be faster. */
export const adminAlerts: Part = ({ options, startedAt: now, send, session }) => {
  const { scenario } = options;
  let guidance = allGuidance(now);
  let othersSaves =
    new URL(String(Reflect.get(globalThis, 'location'))).searchParams.get('other') === 'saves';
  const reading = <T>(answer: () => Result<T>): Result<T> | Promise<Result<T>> => {
    if (scenario === 'loading') return never<Result<T>>();
    if (scenario === 'failed') return failure('internal', 'the preview fails');
    if (scenario === 'offline') return failure('database-away', 'the database is away');
    return answer();
  };
  const keep = (saved: Guidance): Guidance => {
    guidance = guidance.map((each) =>
      each.rule === saved.rule && each.severity === saved.severity ? saved : each,
    );
    send([{ kind: 'reference', about: 'guidance' }]);
    return saved;
  };
  return {
    'admin.listGuidance': ({ cursor, limit }) => reading(() => page(guidance, cursor, limit)),
    'admin.saveGuidance': ({ rule, severity, textEn, textFr, checklist, revision }) => {
      if (scenario === 'offline') return failure('database-away', 'the database is away');
      const known = guidance.find((each) => each.rule === rule && each.severity === severity);
      if (known === undefined) return failure('not-found', 'no such guidance');
      if (othersSaves) {
        othersSaves = false;
        const theirs = keep({
          ...known,
          textEn: known.textEn.replace('ext. 4410', 'ext. 4420'),
          checklist: known.checklist.slice(0, 2),
          updatedBy: 'Marc Vasseur',
          updatedAt: Date.now(),
          revision: known.revision + 1,
        });
        return failure('conflict', 'somebody was faster', { current: theirs });
      }
      if (known.revision !== revision) return failure('conflict', 'somebody was faster', { current: known });
      return success(
        keep({
          rule,
          severity,
          textEn,
          textFr,
          checklist,
          updatedBy: session().name,
          updatedAt: Date.now(),
          revision: revision + 1,
        }),
      );
    },
    'alerts.figures': ({ from, to }) =>
      reading(() =>
        success(
          scenario === 'empty'
            ? nothing(from, to)
            : figuresOf(from, to, scenario === 'flood' ? 7 : scenario === 'quiet' ? 0.4 : 2.2),
        ),
      ),
  };
};
