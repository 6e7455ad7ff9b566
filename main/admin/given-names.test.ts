import { expect, test } from 'vitest';
import type { Camera, Site } from '../../contract/domain.ts';
import { failure, success } from '../../contract/errors.ts';
import { createGivenNames } from './given-names.ts';

const site = (track: string, fields: Partial<Site>): Site => ({
  site: 'Folkestone',
  track,
  streamId: `s-${track}`,
  revision: 1,
  ...fields,
});
const camera = (id: string, givenName?: string): Camera => ({
  streamId: 's-T1',
  id,
  site: 'Folkestone',
  track: 'T1',
  side: 'left',
  name: `system ${id}`,
  givenName,
  revision: 1,
});

const memory = () => {
  const values = new Map<string, string>();
  return {
    get: (key: string) => Promise.resolve(values.get(key)),
    set: (key: string, value: string) => {
      values.set(key, value);
      return Promise.resolve();
    },
  };
};

test('names that somebody gave are read page by page, and known without the record afterwards', async () => {
  const pages = [
    { items: [site('T1', { name: 'Portal', timeZone: 'Europe/London' })], cursor: 'next' },
    { items: [site('T2', {})] },
  ];
  const local = memory();
  const names = createGivenNames(
    {
      listSites: ({ cursor }) => Promise.resolve(success(pages[cursor === 'next' ? 1 : 0] ?? { items: [] })),
      listCameras: () => Promise.resolve(success({ items: [camera('F1L', 'Upper left'), camera('F1R')] })),
    },
    local,
  );
  expect(await names.known()).toEqual({ sites: [], cameras: [] });
  const read = await names.refresh();
  expect(read).toEqual({
    sites: [{ site: 'Folkestone', track: 'T1', name: 'Portal', timeZone: 'Europe/London' }],
    cameras: [{ streamId: 's-T1', id: 'F1L', name: 'Upper left' }],
  });
  const away = () => Promise.resolve(failure('database-away', 'away'));
  const later = createGivenNames({ listSites: away, listCameras: away }, local);
  expect(await later.refresh()).toBeUndefined();
  expect(await later.known()).toEqual(read);
});
