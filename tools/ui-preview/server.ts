import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { readFile } from 'node:fs/promises';
import { extname, join, normalize } from 'node:path';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
};

const policy = (nonce: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' blob: data:",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');

/** Serves the built windows under the product's content security policy, so that the pictures prove it too. */
export const startServer = (root: string): Promise<{ readonly server: Server; readonly origin: string }> =>
  new Promise((resolve) => {
    const server = createServer((request, response) => {
      const path = normalize(new URL(request.url ?? '/', 'http://preview').pathname);
      if (path === '/favicon.ico') {
        response.writeHead(204).end();
        return;
      }
      const type = types[extname(path)];
      readFile(join(root, path)).then(
        (file) => {
          const nonce = randomBytes(16).toString('base64');
          const body = type === types['.html'] ? file.toString().replaceAll('__CSP_NONCE__', nonce) : file;
          response.writeHead(200, {
            'content-type': type ?? 'application/octet-stream',
            'content-security-policy': policy(nonce),
          });
          response.end(body);
        },
        () => response.writeHead(404).end(),
      );
    });
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      resolve({ server, origin: `http://127.0.0.1:${port}` });
    });
  });
