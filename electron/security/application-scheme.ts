import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { protocol } from 'electron';
import type { Session } from 'electron';
import { applicationOrigin } from '../../main/api/sender.ts';
import { applicationFile } from './application-path.ts';
import { noncePlaceholder, securityHeaders } from './headers.ts';

/** Must run before the application is ready. */
export function registerApplicationScheme(): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: 'vicore-app',
      privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
    },
  ]);
}

/** Address of a page that main wrote itself (error, crash loop): electron/windows/shell-pages.ts. */
export const shellPageAddress = (name: string): string => `${applicationOrigin}/shell/${name}`;

/** Serves the built windows, and nothing else that is on the disk (docs/security.md points 7 and 18). */
export function serveApplication(
  session: Session,
  root: string,
  shellPage: (name: string) => string | undefined,
): void {
  session.protocol.handle('vicore-app', async (request) => {
    const nonce = randomBytes(16).toString('base64');
    const headers = securityHeaders(nonce);
    const missing = () => new Response('not found', { status: 404, headers });
    if (request.method !== 'GET') return new Response('only GET', { status: 405, headers });

    const url = new URL(request.url);
    if (url.pathname.startsWith('/shell/')) {
      const page = shellPage(url.pathname.slice('/shell/'.length));
      if (page === undefined) return missing();
      const html = page.replaceAll(noncePlaceholder, nonce);
      return new Response(html, { headers: { ...headers, 'Content-Type': 'text/html; charset=utf-8' } });
    }

    const file = applicationFile(root, request.url);
    if (!file) return missing();
    try {
      const content = await readFile(file.path);
      const body = file.path.endsWith('.html')
        ? content.toString('utf8').replaceAll(noncePlaceholder, nonce)
        : new Uint8Array(content);
      return new Response(body, { headers: { ...headers, 'Content-Type': file.type } });
    } catch {
      // No such file, or a directory of that name.
      return missing();
    }
  });
}
