// One process per database file. The lock is a write transaction held open on `<database>.lock`: the
// kernel frees it when the process dies, however it dies, so there is no stale lock to clean up.
// Nothing else in this process may open that file: POSIX drops a process's locks when any handle closes.
import type { Client } from '@libsql/client'
import { databaseLocked, isBusy } from './errors.ts'

export interface FileLock {
  release(): void
}

const TABLE = 'CREATE TABLE IF NOT EXISTS holder (id INTEGER PRIMARY KEY CHECK (id = 1), pid INTEGER NOT NULL)'

/** @throws `database.locked` if another opener, in this process or elsewhere, holds `databasePath`. */
export async function holdFileLock(client: Client, databasePath: string): Promise<FileLock> {
  try {
    // The pid is committed before the lock is taken, because the next opener cannot see inside the
    // transaction. If two start at once one of them may read the wrong pid; only one gets the lock.
    await client.batch([TABLE, { sql: 'INSERT OR REPLACE INTO holder VALUES (1, ?)', args: [process.pid] }], 'write')
    const transaction = await client.transaction('write')
    return {
      release() {
        transaction.close()
        client.close()
      },
    }
  } catch (error) {
    await client.reconnect()
    const failure = isBusy(error) ? databaseLocked(databasePath, await readHolder(client)) : error
    client.close()
    throw failure
  }
}

async function readHolder(client: Client): Promise<number | undefined> {
  const answer = await client.execute('SELECT pid FROM holder').catch(() => undefined)
  const pid = answer?.rows[0]?.pid
  return typeof pid === 'number' ? pid : undefined
}
