import type pg from 'pg';
import type { JournalEntry } from '../../main/passes/events.ts';
import { createFold } from '../../main/passes/fold.ts';
import { createMemoryStore } from './memory-store.ts';
import type { ModelWorkstation } from './model-workstation.ts';
import type { Random } from './random.ts';

/** Workstations with a database and a camera system of their own, on which one sequence runs after the other. */
export interface Lane {
  readonly owner: pg.Client;
  readonly stations: readonly [ModelWorkstation, ...ModelWorkstation[]];
  readonly people: readonly [string, ...string[]];
  readonly camera: Camera;
  /** Counts the acts, so that no two have the same time. */
  lastAct: number;
}

interface Camera {
  readonly streamId: string;
  seq: number;
  entries: JournalEntry[];
  readonly reference: ReturnType<typeof createMemoryStore>;
  readonly fold: ReturnType<typeof createFold>;
}

export function createCamera(streamId: string): Camera {
  const reference = createMemoryStore();
  return { streamId, seq: 0, entries: [], reference, fold: createFold(reference) };
}

/** One pass on a lane, and what people were told about it. */
export interface Sequence {
  readonly lane: Lane;
  readonly passId: string;
  readonly random: Random;
  /** Acts of which somebody was told that they are done. */
  readonly done: Done[];
}

export interface Done {
  readonly station: ModelWorkstation;
  readonly alertId: string;
  readonly kinds: readonly string[];
  readonly actor: string;
  /** When, by the workstation's clock: no two acts at the same time. */
  readonly at: number;
  readonly provisional: boolean;
}
