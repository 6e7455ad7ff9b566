import { closeSync, existsSync, mkdirSync, openSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';

export interface RotatingFileOptions {
  readonly directory: string;
  /** Without extension: `vicore` writes vicore.log, and keeps vicore.1.log (the one before) and older ones. */
  readonly name: string;
  /** Bytes after which a new file begins. */
  readonly size: number;
  /** Files in all, the current one included: `count` × `size` is what the log takes of the disk. */
  readonly count: number;
  /** Told once when lines cannot be written, until one can be again. */
  readonly onFault: (error: unknown) => void;
}

export interface RotatingFile {
  /** Written when this returns; never throws. */
  write(line: string): void;
}

/**
 * A file that makes room for a new one while it is written. Synchronous, because there are some lines a second at
 * most and none may be lost when the program dies; and a full disk must not end the program (fault 37): lines that
 * find no room are counted, and their number is the first thing that is written when there is room again.
 *
 * Throws when the directory cannot be written to.
 */
export function openRotatingFile(options: RotatingFileOptions): RotatingFile {
  const { directory, name, size, count } = options;
  const path = (age: number) => join(directory, age === 0 ? `${name}.log` : `${name}.${age}.log`);
  const open = () => openSync(path(0), 'a', 0o640);

  mkdirSync(directory, { recursive: true });
  let file: number | undefined = open();
  let written = statSync(path(0)).size;
  let lost = 0;

  const rotate = () => {
    written = 0;
    if (file !== undefined) closeSync(file);
    file = undefined;
    for (let age = count - 1; age > 0; age -= 1) {
      // The oldest is overwritten by the one after it.
      if (existsSync(path(age - 1))) renameSync(path(age - 1), path(age));
    }
  };

  const put = (line: string) => {
    const bytes = Buffer.from(line);
    if (written > 0 && written + bytes.length > size) rotate();
    file ??= open();
    written += bytes.length;
    for (let from = 0; from < bytes.length;) from += writeSync(file, bytes, from);
  };

  // What an earlier version, or a larger number of files, has left.
  rmSync(join(directory, `${name}.log.1`), { force: true });
  for (let age = count; existsSync(path(age)); age += 1) rmSync(path(age));

  return {
    write(line) {
      try {
        if (lost > 0) {
          const note = { level: 40, time: Date.now(), lost, msg: 'lines of the log were lost' };
          // On a line of its own: the one that failed may have been written in part.
          put(`\n${JSON.stringify(note)}\n`);
        }
        lost = 0;
        put(line);
      } catch (error) {
        if (lost === 0) options.onFault(error);
        lost += 1;
      }
    },
  };
}
