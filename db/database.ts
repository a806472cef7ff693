// What queries are given: drizzle to build statements with, one way to read and one to write.
import { DrizzleQueryError, type SQLWrapper } from 'drizzle-orm'
import { SQLiteAsyncDialect } from 'drizzle-orm/sqlite-core'
import { drizzle, type SqliteRemoteDatabase } from 'drizzle-orm/sqlite-proxy'
import type { InStatement, InValue } from '@libsql/client'
import type { Now } from '../server/lib/clock.ts'
import { retryBusy, type Sleep } from './busy-retry.ts'
import type { DatabaseClock } from './database-clock.ts'
import { describeFailure } from './errors.ts'
import type { Lane, Operation } from './lane.ts'

export interface Database {
  /** Builds statements. Reads are awaited through `read`, writes are handed to `write` or `writeBatch`. */
  readonly build: SqliteRemoteDatabase
  read<T>(query: PromiseLike<T>): Promise<T>
  /** Commits one statement; the number of rows it changed. */
  write(statement: SQLWrapper): Promise<number>
  /** Commits all of the statements or none; the number of rows that each changed. */
  writeBatch(statements: readonly SQLWrapper[]): Promise<number[]>
  /** For what several processes must agree on. Without a server it is the process's own clock. */
  readonly now: Now
  /** Now and then: either of the two may have been set. */
  compareClocks(): Promise<void>
  /** After the writes that were already handed in. */
  close(): Promise<void>
}

export interface DatabaseParts {
  reader: Lane
  writer: Lane
  remote: boolean
  sleep: Sleep
  clock: DatabaseClock
  /** The last thing the writer does before it is closed in good order. */
  finish: Operation
  release(): void
}

const dialect = new SQLiteAsyncDialect()

function toStatement(statement: SQLWrapper): InStatement {
  const { sql, params } = dialect.sqlToQuery(statement.getSQL())
  return { sql, args: params as InValue[] }
}

export function createDatabase({ reader, writer, remote, sleep, clock, finish, release }: DatabaseParts): Database {
  const patiently = async <T>(attempt: () => Promise<T>): Promise<T> => {
    try {
      return await retryBusy(attempt, sleep)
    } catch (error) {
      throw describeFailure(error, remote)
    }
  }
  const build = drizzle(async (sql, params: InValue[], method) => {
    if (method === 'run') throw new Error('A write was awaited directly: hand it to write() or writeBatch()')
    const found = await patiently(() => reader.run((client) => client.execute({ sql, args: params })))
    const rows: unknown[][] = found.rows.map((row) => Array.from(row))
    // For `get`, drizzle's proxy takes the row itself, or nothing.
    return { rows: method === 'get' ? (rows[0] as unknown[]) : rows }
  })
  return {
    build,
    now: clock.now,
    compareClocks: () => patiently(clock.compare),
    async read(query) {
      try {
        return await query
      } catch (error) {
        // drizzle's wrapper quotes the statement's parameters in its message.
        throw error instanceof DrizzleQueryError ? error.cause : error
      }
    },
    async write(statement) {
      const prepared = toStatement(statement)
      const { rowsAffected } = await patiently(() => writer.run((client) => client.execute(prepared)))
      return rowsAffected
    },
    async writeBatch(statements) {
      const prepared = statements.map(toStatement)
      const results = await patiently(() => writer.run((client) => client.batch(prepared, 'write')))
      return results.map(({ rowsAffected }) => rowsAffected)
    },
    async close() {
      try {
        await writer.run(finish)
      } finally {
        release()
      }
    },
  }
}
