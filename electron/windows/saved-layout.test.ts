import { expect, test } from 'vitest';
import { emptyLayout, readLayout } from './saved-layout.ts';

test.each([undefined, '', 'not json', '[]', '{"zoomLevel":0,"windows":[{"kind":"setup"}]}', 'null'])(
  'what cannot be read is as nothing: %s',
  (stored) => {
    expect(readLayout(stored)).toEqual(emptyLayout);
  },
);

test('what was saved is read back', () => {
  const layout = {
    zoomLevel: 0.5,
    windows: [
      {
        kind: 'car',
        bounds: { x: 1, y: 2, width: 3, height: 4 },
        displayId: 7,
        maximized: false,
        fullScreen: true,
        context: { passId: 'p', vehicleIndex: 2, position: '1La', following: false, number: 3 },
      },
    ],
  };
  expect(readLayout(JSON.stringify(layout))).toEqual(layout);
});

test('a page of the admin window that this version does not have is as none', () => {
  const admin = (page: string) => ({
    zoomLevel: 0,
    windows: [
      {
        kind: 'admin',
        bounds: { x: 1, y: 2, width: 3, height: 4 },
        displayId: 7,
        maximized: false,
        fullScreen: false,
        context: { following: false, number: 1, page },
      },
    ],
  });
  expect(readLayout(JSON.stringify(admin('audit'))).windows[0]?.context.page).toBe('audit');
  expect(readLayout(JSON.stringify(admin('reports'))).windows[0]).toMatchObject({ kind: 'admin' });
  expect(readLayout(JSON.stringify(admin('reports'))).windows[0]?.context.page).toBeUndefined();
});
