/** Renders resources/sounds: `node tools/run.mjs tools/sounds/index.ts`. The same files come out every time. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { soundPatterns } from '../../main/alerts/sound-patterns.ts';
import { render, sampleRate } from './synthesis.ts';
import { encodeWav } from './wav.ts';

const directory = resolve(import.meta.dirname, '../../resources/sounds');
mkdirSync(directory, { recursive: true });
for (const [name, pattern] of Object.entries(soundPatterns)) {
  const file = encodeWav(render(pattern), sampleRate);
  writeFileSync(join(directory, `${name}.wav`), file);
  console.log(`${name}.wav  ${file.length} bytes`);
}
