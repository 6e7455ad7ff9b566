import type { Guidance, Rule, Severity } from '../../contract/domain.ts';
import type { SharedAlertActs } from './ports.ts';

export interface GuidanceBook {
  /** As the shared record has it, else as last known; empty with revision 0 where nobody has written one. */
  find(rule: Rule, severity: Severity): Guidance;
  /** Asks the shared record; never rejects. Call on connect and when a guidance was changed somewhere. */
  refresh(): Promise<void>;
}

export interface GuidanceOptions {
  readonly record: Pick<SharedAlertActs, 'readGuidance'>;
  /** Keeps what was last known: what to do about an alert matters most when the database is away. */
  readonly local: {
    get(key: string): Promise<string | undefined>;
    set(key: string, value: string): Promise<void>;
  };
  readonly onFault: (message: string, fields: Readonly<Record<string, unknown>>) => void;
}

const localKey = 'shared.guidance';
const keyOf = (rule: Rule, severity: Severity): string => `${rule}/${severity}`;

/** Of what was kept only what is whole. */
function parse(text: string | undefined): Guidance[] {
  if (text === undefined) return [];
  const kept: unknown = JSON.parse(text);
  if (!Array.isArray(kept)) return [];
  return (kept as Partial<Guidance>[]).flatMap((row) => {
    const { rule, severity, textEn, textFr, checklist, revision } = row;
    const whole =
      rule !== undefined &&
      severity !== undefined &&
      typeof textEn === 'string' &&
      typeof textFr === 'string' &&
      Array.isArray(checklist) &&
      typeof revision === 'number';
    return whole ? [{ ...row, rule, severity, textEn, textFr, checklist, revision }] : [];
  });
}

/** What to do about an alert, by rule and severity (docs/domain.md, guidance). Resolves when what was kept is read. */
export async function createGuidanceBook({ record, local, onFault }: GuidanceOptions): Promise<GuidanceBook> {
  let pages: ReadonlyMap<string, Guidance> = new Map();
  /** An answer that was overtaken is old. */
  let latest = 0;
  const take = (rows: readonly Guidance[]): void => {
    pages = new Map(rows.map((row) => [keyOf(row.rule, row.severity), row]));
  };

  try {
    take(parse(await local.get(localKey)));
  } catch (error) {
    onFault('the guidance of the last time could not be read', { error });
  }

  return {
    find: (rule, severity) =>
      pages.get(keyOf(rule, severity)) ?? {
        rule,
        severity,
        textEn: '',
        textFr: '',
        checklist: [],
        revision: 0,
      },
    async refresh() {
      latest += 1;
      const mine = latest;
      const read = await record.readGuidance();
      if (!read.ok) {
        if (read.error.code !== 'database-away') onFault('the guidance could not be read', { ...read.error });
        return;
      }
      if (mine !== latest) return;
      take(read.value);
      try {
        await local.set(localKey, JSON.stringify(read.value));
      } catch (error) {
        onFault('the guidance could not be kept for the next start', { error });
      }
    },
  };
}
