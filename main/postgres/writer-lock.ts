/** The advisory lock that elects the writer, per database; any two numbers, the same in every version. */
export const writerLock = { space: 76_697, key: 1 } as const;

/** Asks a writer that has nothing to write to give way. */
export const electionChannel = 'vicore_election';

const prefix = 'vicore writer ';

/** The name of the connection that holds the lock; everybody sees it in pg_stat_activity. */
export const writerConnectionName = (workstation: string): string => prefix + workstation;

export const writerName = (connectionName: string): string =>
  connectionName.startsWith(prefix) ? connectionName.slice(prefix.length) : connectionName;
