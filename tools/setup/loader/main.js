/**
 * Stands in for Electron's default app, which the fallback runtime does not have: `electron DIRECTORY …` runs
 * the application in that directory, under its own name and version.
 *
 * It is an ES module that awaits the entry at top level, so that "ready" waits for the entry too: what must
 * happen before "ready" (privileged schemes, command-line switches) would otherwise come too late.
 */
import { readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { app } from 'electron';

const position = process.argv.findIndex((argument, index) => index > 0 && !argument.startsWith('-'));
if (position < 0) {
  console.error('This Electron runtime needs the directory of an application: electron DIRECTORY');
  process.exit(2);
}
const given = resolve(process.argv[position]);
// The application sees its own arguments only.
process.argv.splice(1, position);

if (statSync(given).isDirectory()) {
  const manifest = JSON.parse(readFileSync(join(given, 'package.json'), 'utf8'));
  app.setName(manifest.productName ?? manifest.name);
  app.setVersion(manifest.version);
  app.setAppPath(given);
  await import(pathToFileURL(join(given, manifest.main ?? 'index.js')).href);
} else {
  app.setAppPath(dirname(given));
  await import(pathToFileURL(given).href);
}
