import { statSync } from 'node:fs';

/**
 * Notices that an open database file was deleted, exchanged or emptied by somebody else: SQLite itself would go
 * on writing to a file that no longer has a name. Costs a few microseconds.
 */
export const watchFile = (file: string): (() => 'present' | 'gone') => {
  const opened = statSync(file, { bigint: true });
  return () => {
    const now = statSync(file, { bigint: true, throwIfNoEntry: false });
    return now !== undefined && now.ino === opened.ino && now.dev === opened.dev && now.size > 0n
      ? 'present'
      : 'gone';
  };
};
