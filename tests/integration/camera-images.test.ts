import type { IncomingMessage, ServerResponse } from 'node:http';
import { afterEach, describe, expect, test } from 'vitest';
import { fetchImage } from '../../main/camera/images.ts';
import { cameraToken, startCameraServer } from '../shared/camera-server.ts';
import type { CameraServer } from '../shared/camera-server.ts';

const png = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3]);
let server: CameraServer | undefined;
afterEach(() => server?.close());

async function fetchFrom(
  onImage: (request: IncomingMessage, response: ServerResponse) => void,
  imageId = 'a-1',
  timeout = 2_000,
) {
  server = await startCameraServer({ onImage });
  return fetchImage({ url: server.url, token: cameraToken }, imageId, timeout);
}

describe('images', () => {
  test('come from the same host, with the token, under a name that is quoted', async () => {
    const asked: (string | undefined)[] = [];
    const result = await fetchFrom((request, response) => {
      asked.push(request.url, request.headers.authorization);
      response.end(png);
    }, '../a b/ü?#');
    expect(asked).toEqual(['/images/..%2Fa%20b%2F%C3%BC%3F%23', `Bearer ${cameraToken}`]);
    expect(result).toEqual({ ok: true, value: { mime: 'image/png', bytes: new Uint8Array(png) } });
  });

  test.each(['', '.', '..', '\ud800'])('%j is no name of an image, and nothing is asked', async (imageId) => {
    let asked = 0;
    const result = await fetchFrom((_request, response) => {
      asked += 1;
      response.end(png);
    }, imageId);
    expect(result).toMatchObject({ ok: false, error: { code: 'not-found' } });
    expect(asked).toBe(0);
  });

  test('are what their bytes say, not what the header says', async () => {
    const html = await fetchFrom((_request, response) =>
      response.writeHead(200, { 'content-type': 'image/png' }).end('<html>'),
    );
    expect(html).toMatchObject({ ok: false });
  });

  test('larger than 2 MiB are cut off', async () => {
    const result = await fetchFrom((_request, response) => {
      response.write(png);
      response.end(Buffer.alloc(2 * 1024 * 1024));
    });
    expect(result).toMatchObject({ ok: false, error: { message: expect.stringContaining('2 MiB') } });
  });

  test('a redirect is not followed: the token stays with its host', async () => {
    let asked = 0;
    const result = await fetchFrom((_request, response) => {
      asked += 1;
      response.writeHead(302, { location: '/images/other' }).end();
    });
    expect(result).toMatchObject({ ok: false });
    expect(asked).toBe(1);
  });

  test('a missing one, a refused one, one that does not come', async () => {
    expect(await fetchFrom((_request, response) => response.writeHead(404).end())).toMatchObject({
      error: { code: 'not-found' },
    });
    await server?.close();
    expect(await fetchFrom((_request, response) => response.writeHead(401).end())).toMatchObject({
      error: { code: 'internal' },
    });
    await server?.close();
    expect(await fetchFrom(() => undefined, 'a', 100)).toMatchObject({ error: { code: 'timeout' } });
  });
});
