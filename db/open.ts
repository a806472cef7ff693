// The only place that makes libSQL clients, because none may be used bare (see lane.ts).
import { createClient, type Client } from '@libsql/client'
import { existsSync, realpathSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { isAppError } from '../server/lib/app-error.ts'
import type { Now } from '../server/lib/clock.ts'
import type { Secret } from '../server/lib/secret.ts'
import { realSleep, type Sleep } from './busy-retry.ts'
import { openServerClock, ownClock } from './database-clock.ts'
import { createDatabase, type Database, type DatabaseParts } from './database.ts'
import { cannotOpen, describeFailure } from './errors.ts'
import { holdFileLock } from './file-lock.ts'
import { fileLane, memoryLane, remoteReadLane, remoteWriteLane, type Operation } from './lane.ts'
import { migrateDatabase } from './migrate.ts'
import { assertPragmas, READER_PRAGMAS, SERVER_PRAGMAS, WRITER_PRAGMAS } from './pragmas.ts'

export interface OpenDatabaseInput {
  /** `file:/absolute/path`, `:memory:` (tests), or libsql:, http:, https: of a libSQL server. */
  url: string
  authToken?: Secret | undefined
  now: Now
  /** Whether pending migrations are applied; a newer schema is refused either way. Default true. */
  migrate?: boolean
  sleep?: Sleep
}

/** @throws `database.locked`, `database.newer_schema`, `database.cannot_open`, `database.unreachable` */
export async function openDatabase(input: OpenDatabaseInput): Promise<Database> {
  const { url, authToken, now, migrate = true, sleep = realSleep } = input
  const remote = !url.startsWith('file:') && url !== ':memory:'
  let parts: DatabaseParts | undefined
  try {
    parts = { remote, sleep, ...(remote ? await openServer(url, authToken, now) : url === ':memory:' ? openMemory(now) : await openFile(url, now)) }
    await migrateDatabase(parts.writer, { now, sleep, apply: migrate })
    return createDatabase(parts)
  } catch (error) {
    parts?.release()
    const failure = describeFailure(error, remote)
    throw isAppError(failure) ? failure : cannotOpen(placeOf(url), error)
  }
}

type Lanes = Pick<DatabaseParts, 'reader' | 'writer' | 'clock' | 'finish' | 'release'>

/** Moves everything into the database file: the write-ahead log may still hold what was deleted. */
const emptyLog: Operation = (client) => client.execute('PRAGMA wal_checkpoint(TRUNCATE)')
const nothing: Operation = async () => undefined

async function openFile(url: string, now: Now): Promise<Lanes> {
  const path = canonicalPath(fileURLToPath(url))
  const lock = await holdFileLock(fileClient(`${path}.lock`), path)
  const clients: Client[] = []
  const release = () => {
    for (const client of clients) client.close()
    lock.release()
  }
  try {
    const [writer, reader] = [fileClient(path), fileClient(path)]
    clients.push(reader, writer)
    const lanes = { writer: fileLane(writer, WRITER_PRAGMAS), reader: fileLane(reader, READER_PRAGMAS) }
    return { ...lanes, clock: ownClock(now), finish: emptyLog, release }
  } catch (error) {
    release()
    throw error
  }
}

function openMemory(now: Now): Lanes {
  const client = createClient({ url: ':memory:' })
  const lane = memoryLane(client)
  return { writer: lane, reader: lane, clock: ownClock(now), finish: nothing, release: () => client.close() }
}

async function openServer(url: string, authToken: Secret | undefined, now: Now): Promise<Lanes> {
  const client = createClient({ url, authToken: authToken?.reveal() })
  await assertPragmas(client, SERVER_PRAGMAS)
  const reader = remoteReadLane(client)
  return { writer: remoteWriteLane(client), reader, clock: await openServerClock(reader, now), finish: nothing, release: () => client.close() }
}

/** A pool of one, so that no second connection with default settings is ever opened; never a busy wait. */
const fileClient = (path: string): Client => createClient({ url: pathToFileURL(path).href, concurrency: 1, timeout: 0 })

/** What may be said of the address: a server's URL can carry a token in its query. */
const placeOf = (url: string): string => url.split('?')[0] ?? url

/** Two spellings of one file must meet at one lock. */
function canonicalPath(path: string): string {
  return existsSync(path) ? realpathSync(path) : join(realpathSync(dirname(path)), basename(path))
}
