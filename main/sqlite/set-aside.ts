import { existsSync, renameSync, rmSync } from 'node:fs';

/** `2026-11-21T09-14-02-120Z`: a time that every file system accepts in a name. */
const stamp = (at: Date): string => at.toISOString().replace(/[:.]/g, '-');

/**
 * Renames a damaged database so that a new one can take its place; its write-ahead log goes with it.
 * Gives the new name, or undefined when there was no file (deleted, or never written).
 */
export const setAside = (file: string, at: Date = new Date()): string | undefined => {
  rmSync(`${file}-shm`, { force: true });
  if (!existsSync(file)) {
    rmSync(`${file}-wal`, { force: true });
    return undefined;
  }
  const base = `${file}.damaged-${stamp(at)}`;
  let target = base;
  for (let copy = 2; existsSync(target); copy += 1) target = `${base}-${String(copy)}`;
  renameSync(file, target);
  if (existsSync(`${file}-wal`)) renameSync(`${file}-wal`, `${target}-wal`);
  return target;
};
