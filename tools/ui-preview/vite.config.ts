import react from '@vitejs/plugin-react';
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

const windows = at('../../renderer/windows');

/** The windows with the fake main process before each entry. `vite --config tools/ui-preview/vite.config.ts` serves them. */
export default defineConfig({
  root: at('../../renderer'),
  logLevel: 'warn',
  server: { fs: { allow: [at('../..')] }, port: 5199 },
  plugins: [
    react(),
    {
      name: 'fake-main',
      transformIndexHtml: {
        order: 'pre',
        handler: (html) =>
          html.replace(
            '<script type="module"',
            `<script type="module" src="/@fs${at('install.ts')}"></script>\n    <script type="module"`,
          ),
      },
    },
  ],
  html: { cspNonce: '__CSP_NONCE__' },
  build: {
    target: 'chrome130',
    outDir: at('../../out/ui-preview'),
    emptyOutDir: true,
    rollupOptions: {
      input: Object.fromEntries(readdirSync(windows).map((name) => [name, `${windows}/${name}/index.html`])),
    },
  },
});
