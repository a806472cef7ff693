// The settings a connection to a file must have, as SQLite reports them. They live in the connection, not
// in the file (except WAL), so each new connection gets them and is asked whether they hold.
import type { Client } from '@libsql/client'
import { unsafeConnection } from './errors.ts'

export type Pragmas = Readonly<Record<string, string | number>>

const SHARED: Pragmas = {
  journal_mode: 'wal',
  foreign_keys: 1,
  /** Deleted credentials are overwritten, not left in free pages. */
  secure_delete: 1,
  /** FULL: an acknowledged write survives a power cut, too. */
  synchronous: 2,
}

export const WRITER_PRAGMAS: Pragmas = { ...SHARED, query_only: 0 }

/** The reading connection cannot write, whatever it is handed. */
export const READER_PRAGMAS: Pragmas = { ...SHARED, query_only: 1 }

/** What a libSQL server must have of its own accord: deletions rely on it. */
export const SERVER_PRAGMAS: Pragmas = { foreign_keys: 1 }

export const pragmaScript = (pragmas: Pragmas): string =>
  Object.entries(pragmas).map(([name, value]) => `PRAGMA ${name}=${value};`).join(' ')

export async function readPragmas(client: Client, names: readonly string[]): Promise<Record<string, unknown>> {
  const columns = names.map((name) => `(SELECT ${name} FROM pragma_${name}) AS ${name}`)
  const { rows } = await client.execute(`SELECT ${columns.join(', ')}`)
  return { ...rows[0] }
}

export async function assertPragmas(client: Client, pragmas: Pragmas): Promise<void> {
  const found = await readPragmas(client, Object.keys(pragmas))
  if (Object.entries(pragmas).some(([name, value]) => found[name] !== value)) throw unsafeConnection(found)
}
