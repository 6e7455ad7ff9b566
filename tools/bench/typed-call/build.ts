import { cp, mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'vite';
import { root } from '../../setup/index.mjs';
import { builtProduct } from '../built-product.ts';

const target = path.join(root, '.cache', 'bench', 'typed-call');

/** An application of the product's built preloads and windows with the main file of this folder; its directory. */
export async function buildTypedCall(): Promise<string> {
  const product = await builtProduct();
  await rm(target, { recursive: true, force: true });
  await mkdir(target, { recursive: true });
  await cp(path.join(product, 'package.json'), path.join(target, 'package.json'));
  for (const part of ['preload', 'renderer']) {
    await cp(path.join(product, 'out', part), path.join(target, 'out', part), { recursive: true });
  }
  await build({
    configFile: false,
    logLevel: 'error',
    root: import.meta.dirname,
    ssr: { noExternal: true, target: 'node' },
    build: {
      ssr: path.join(import.meta.dirname, 'main.ts'),
      target: 'node20',
      outDir: path.join(target, 'out', 'main'),
      emptyOutDir: true,
      rollupOptions: {
        external: ['electron', 'better-sqlite3'],
        output: { format: 'es', entryFileNames: 'index.js' },
      },
    },
  });
  return target;
}
