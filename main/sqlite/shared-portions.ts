import type { SharedRows } from '../passes/ports.ts';
import { groupBy } from './group-by.ts';

/** Passes sent to the worker at once: copying more between the threads would hold up an append or a read. */
const passesAtOnce = 4;
/** Likewise of rows that hang on no pass of their portion. */
const looseAtOnce = 500;

/** Likewise of histories of alerts. */
const historiesAtOnce = 100;

/** A part of the rows of the shared record; the last one carries positions and cursor. */
export type SharedPortion = Omit<SharedRows, 'cursor'> & {
  readonly cursor?: string | undefined;
  /** Up to which `seq` of each stream the rows go. */
  readonly positions?: readonly (readonly [streamId: string, seq: number])[] | undefined;
};

const chunks = <Item>(items: readonly Item[], size: number): Item[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );

const empty: SharedPortion = {
  passes: [],
  vehicles: [],
  alerts: [],
  alertEvents: [],
  thresholds: [],
  rejected: [],
  streams: [],
  reset: false,
};

/**
 * The same rows in small portions, in an order that can be stopped anywhere: until the cursor comes with the last
 * one, the feed gives them again.
 */
export function* portionsOf(rows: SharedRows): Generator<SharedPortion, void> {
  const vehicles = groupBy(rows.vehicles, (vehicle) => vehicle.passId);
  const alerts = groupBy(rows.alerts, (alert) => alert.passId);
  const positions = rows.streams.map(({ streamId, lastSeq }) => [streamId, lastSeq] as const);
  const nothing = { ...empty, positions };
  const { thresholds, maintenance, reset } = rows;
  yield { ...nothing, thresholds, maintenance, reset };
  for (const passes of chunks(rows.passes, passesAtOnce)) {
    const ids = passes.map(({ id }) => id);
    yield {
      ...nothing,
      passes,
      vehicles: ids.flatMap((id) => vehicles.get(id) ?? []),
      alerts: ids.flatMap((id) => alerts.get(id) ?? []),
    };
    for (const id of ids) {
      vehicles.delete(id);
      alerts.delete(id);
    }
  }
  for (const part of chunks([...vehicles.values()].flat(), looseAtOnce)) yield { ...nothing, vehicles: part };
  for (const part of chunks([...alerts.values()].flat(), looseAtOnce)) yield { ...nothing, alerts: part };
  // The history of one alert stays together: it takes the place of what we have written of it ourselves.
  const histories = [...groupBy(rows.alertEvents, (event) => event.alertId).values()];
  for (const part of chunks(histories, historiesAtOnce)) yield { ...nothing, alertEvents: part.flat() };
  for (const part of chunks(rows.rejected, looseAtOnce)) yield { ...nothing, rejected: part };
  yield { ...nothing, streams: rows.streams, cursor: rows.cursor };
}
