/** The advisory lock that elects the writer, per database; any two numbers, the same in every version. */
export const writerLock = { space: 76_697, key: 1 } as const;

/** Asks a writer that has nothing to write to give way. */
export const electionChannel = 'vicore_election';

const prefix = 'vicore writer ';

/** The name of the connection that holds the lock; everybody sees it in pg_stat_activity. */
export const writerConnectionName = (workstation: string): string => prefix + workstation;

export const writerName = (connectionName: string): string =>
  connectionName.startsWith(prefix) ? connectionName.slice(prefix.length) : connectionName;

/** The name of the connection that holds the lock, for a select list. */
export const writerConnectionText = `(select a.application_name from pg_locks l join pg_stat_activity a on a.pid = l.pid
    where l.locktype = 'advisory' and l.granted and l.classid = ${writerLock.space} and l.objid = ${writerLock.key}
      and l.database = (select oid from pg_database where datname = current_database()) limit 1)`;
