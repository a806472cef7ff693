// Forward-only migrations with a ledger of our own: drizzle's migrator lets two processes that start at
// once apply the same file twice. Here the ledger's row is the migration's first statement, in its transaction.
import { readMigrationFiles, type MigrationMeta } from 'drizzle-orm/migrator'
import type { Now } from '../server/lib/clock.ts'
import { retryBusy, type Sleep } from './busy-retry.ts'
import { newerSchema } from './errors.ts'
import type { Lane } from './lane.ts'
import { findMigrationsFolder } from './migrations-folder.ts'

const LEDGER = 'CREATE TABLE IF NOT EXISTS schema_migration (version TEXT PRIMARY KEY NOT NULL, applied_at INTEGER NOT NULL) WITHOUT ROWID'

/** The first twelve hex digits of the file's hash: an edited migration is a different one. */
const versionOf = (migration: MigrationMeta): string => migration.hash.slice(0, 12)

/** @throws `database.newer_schema` before anything is written, if the ledger names a migration we do not have. */
export async function migrateDatabase(writer: Lane, { now, sleep, apply }: { now: Now; sleep: Sleep; apply: boolean }): Promise<void> {
  const migrations = readMigrationFiles({ migrationsFolder: findMigrationsFolder() })
  const applied = await readLedger(writer, sleep)
  const known = new Set(migrations.map(versionOf))
  const unknown = [...applied].filter((version) => !known.has(version))
  if (unknown.length > 0) throw newerSchema(unknown)
  const pending = migrations.filter((migration) => !applied.has(versionOf(migration)))
  if (!apply || pending.length === 0) return
  await retryBusy(() => writer.run((client) => client.execute(LEDGER)), sleep)
  for (const migration of pending) await applyMigration(writer, migration, now(), sleep)
}

async function readLedger(writer: Lane, sleep: Sleep): Promise<Set<string>> {
  return retryBusy(() => writer.run(async (client) => {
    const tables = await client.execute(`SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'schema_migration'`)
    if (tables.rows.length === 0) return new Set<string>()
    const { rows } = await client.execute('SELECT version FROM schema_migration')
    return new Set(rows.map((row) => String(row.version)))
  }), sleep)
}

async function applyMigration(writer: Lane, migration: MigrationMeta, appliedAt: number, sleep: Sleep): Promise<void> {
  const version = versionOf(migration)
  const ledgerRow = { sql: 'INSERT INTO schema_migration VALUES (?, ?)', args: [version, appliedAt] }
  try {
    // client.migrate() is one transaction with foreign keys off, as a rebuild of a table needs it.
    await retryBusy(() => writer.run((client) => client.migrate([ledgerRow, ...migration.sql])), sleep)
  } catch (error) {
    // Another process on the same server was faster: its transaction, or ours, never half of each.
    if (!(await readLedger(writer, sleep)).has(version)) throw error
  }
}
