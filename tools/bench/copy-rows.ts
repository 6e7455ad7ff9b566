import { once } from 'node:events';
import type pg from 'pg';
import { from } from 'pg-copy-streams';
import type { PassEvent } from '../simulator/protocol.ts';

const columns = [
  'pass_id uuid not null',
  'vehicle_index smallint not null',
  'position text not null',
  'measured_at timestamptz not null',
  'height_mm numeric(6,2)',
  'confidence real not null',
  'defect text not null',
  'state text not null',
  'image_id text',
  'camera_id text not null',
];

/** A plain table, one row a spring: no key, no index, nothing but the rows. */
export const createPlainTable = (client: pg.Client): Promise<unknown> =>
  client.query(`create table plain_spring (${columns.join(', ')})`);

const value = (field: string | number | null): string => (field === null ? '\\N' : String(field));

/** The measurements in the text form of COPY. */
export function rowsOf(events: readonly PassEvent[]): string {
  const lines: string[] = [];
  for (const event of events) {
    if (event.type !== 'springs.measured') continue;
    for (const { axle, side, nest, heightMm, confidence, defect, imageId } of event.measurements) {
      const position = `${axle}${side === 'left' ? 'L' : 'R'}${nest === 'lead' ? 'a' : 'b'}`;
      const fields = [
        event.passId,
        event.index,
        position,
        event.at,
        heightMm,
        confidence,
        defect,
        'ok',
        imageId,
        event.cameraId,
      ];
      lines.push(fields.map(value).join('\t'));
    }
  }
  return `${lines.join('\n')}\n`;
}

const chunkLength = 64 * 1024;

/** One COPY, committed when it resolves. */
export async function copyRows(client: pg.Client, rows: string): Promise<void> {
  const stream = client.query(from('copy plain_spring from stdin'));
  const finished = once(stream, 'finish');
  for (let at = 0; at < rows.length; at += chunkLength) {
    if (!stream.write(rows.slice(at, at + chunkLength))) await once(stream, 'drain');
  }
  stream.end();
  await finished;
}
