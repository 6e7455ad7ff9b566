import { isAbsolute, relative, resolve, sep } from 'node:path';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wav': 'audio/wav',
  '.mp3': 'audio/mpeg',
};

export interface ApplicationFile {
  readonly path: string;
  readonly type: string;
}

/**
 * The file below `root` that an address of the application's scheme names, or undefined: another host, a path that
 * leaves the root however it is written (fault 70), a kind of file that the application does not have.
 */
export function applicationFile(root: string, address: string): ApplicationFile | undefined {
  const url = parse(address);
  if (url?.host !== 'app') return undefined;
  const decoded = decode(url.pathname);
  if (decoded === undefined || /[\\\0]/.test(decoded) || decoded.split('/').includes('..')) return undefined;
  const path = resolve(root, `.${sep}${decoded}`);
  const below = relative(root, path);
  if (below === '' || below.startsWith('..') || isAbsolute(below)) return undefined;
  const type = types[/\.[a-z0-9]+$/.exec(path)?.[0] ?? ''];
  return type === undefined ? undefined : { path, type };
}

function parse(address: string): URL | undefined {
  return URL.canParse(address) ? new URL(address) : undefined;
}

function decode(pathname: string): string | undefined {
  try {
    return decodeURIComponent(pathname);
  } catch {
    // A malformed escape names no file.
    return undefined;
  }
}
