import { failure, success } from '../../contract/errors.ts';
import type { Result } from '../../contract/errors.ts';
import type { SpringImage } from '../../contract/results.ts';

const maxImageBytes = 2 * 1024 * 1024;
const jpegMagic = [0xff, 0xd8, 0xff];
const pngMagic = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

const startsWith = (bytes: Uint8Array, magic: readonly number[]): boolean =>
  magic.every((byte, index) => bytes[index] === byte);

/** What the bytes are, whatever the header says of them. */
function mimeOf(bytes: Uint8Array): SpringImage['mime'] | undefined {
  if (startsWith(bytes, jpegMagic)) return 'image/jpeg';
  return startsWith(bytes, pngMagic) ? 'image/png' : undefined;
}

/** `undefined` for what cannot be one segment of a path: a URL resolves `..` however it is written. */
function imageUrl(streamUrl: string, imageId: string): URL | undefined {
  if (imageId === '' || imageId === '.' || imageId === '..' || /\p{Surrogate}/u.test(imageId))
    return undefined;
  const stream = new URL(streamUrl);
  const scheme = stream.protocol === 'wss:' ? 'https:' : 'http:';
  return new URL(`${scheme}//${stream.host}/images/${encodeURIComponent(imageId)}`);
}

async function readUpTo(body: ReadableStream<Uint8Array>, limit: number): Promise<Uint8Array | undefined> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of body) {
    length += part.length;
    if (length > limit) return undefined;
    parts.push(part);
  }
  return new Uint8Array(Buffer.concat(parts));
}

/** GET `<origin>/images/<imageId>` on the stream's own host with its token; never follows a redirect. */
export async function fetchImage(
  stream: { readonly url: string; readonly token: string },
  imageId: string,
  timeoutMs: number,
): Promise<Result<SpringImage>> {
  const url = imageUrl(stream.url, imageId);
  if (!url) return failure('not-found', 'There is no image of that name.');
  const abort = new AbortController();
  const signal = AbortSignal.any([abort.signal, AbortSignal.timeout(timeoutMs)]);
  try {
    const response = await fetch(url, {
      headers: { authorization: `Bearer ${stream.token}`, accept: 'image/jpeg, image/png' },
      redirect: 'error',
      signal,
    });
    if (response.status === 404) return failure('not-found', 'The camera system does not have this image.');
    if (!response.ok || !response.body) {
      return failure('internal', `The camera system answered HTTP ${response.status}.`);
    }
    const bytes = await readUpTo(response.body, maxImageBytes);
    if (!bytes) return failure('internal', 'The image is larger than 2 MiB.');
    const mime = mimeOf(bytes);
    return mime
      ? success({ mime, bytes })
      : failure('internal', 'The answer is neither a JPEG nor a PNG image.');
  } catch (error) {
    if (error instanceof Error && error.name === 'TimeoutError') {
      return failure('timeout', 'The camera system did not send the image in time.');
    }
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    return failure(
      'internal',
      `The image could not be fetched: ${cause instanceof Error ? cause.message : String(cause)}`,
    );
  } finally {
    // Ends what is still arriving when the answer was refused half-way.
    abort.abort();
  }
}
