import { is, sql } from 'drizzle-orm'
import { getTableConfig, SQLiteTable } from 'drizzle-orm/sqlite-core'
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { expect, it } from 'vitest'
import { findMigrationsFolder } from '../../db/migrations-folder.ts'
import { listOrganizations } from '../../db/queries/organizations.ts'
import { openBeside, openTemporary, temporaryPath, urlOf } from './temporary-database.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))

/** Every table that db/schema declares. */
async function schemaTables(): Promise<SQLiteTable[]> {
  const folder = join(root, 'db', 'schema')
  const modules = await Promise.all(readdirSync(folder).map((name) => import(join(folder, name)) as Promise<Record<string, unknown>>))
  return modules.flatMap((module) => Object.values(module)).filter((value) => is(value, SQLiteTable))
}

it.each(['a file', 'memory'])('an empty database (%s) gets exactly the tables, columns and indexes of the schema', async (where) => {
  const db = await openTemporary({ url: where === 'memory' ? ':memory:' : urlOf(temporaryPath()) })
  const namesOf = async (query: ReturnType<typeof sql>) => (await db.read(db.build.values<[string]>(query))).map(([name]) => name).sort()
  const tables = (await schemaTables()).map(getTableConfig)
  const tableNames = [...tables.map(({ name }) => name), 'schema_migration'].sort()
  expect(await namesOf(sql`SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`)).toEqual(tableNames)
  for (const { name, columns } of tables) {
    expect(await namesOf(sql`SELECT name FROM pragma_table_xinfo(${name})`)).toEqual(columns.map((column) => column.name).sort())
  }
  const declared = tables.flatMap(({ indexes, uniqueConstraints, columns }) => [
    ...indexes.map(({ config }) => config.name),
    ...uniqueConstraints.map((constraint) => constraint.name ?? ''),
    ...columns.filter((column) => column.isUnique).map((column) => column.uniqueName ?? ''),
  ])
  expect(await namesOf(sql`SELECT name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL`)).toEqual(declared.sort())
})

it('opening again applies nothing twice and keeps what is there', async () => {
  const url = urlOf(temporaryPath())
  const first = await openTemporary({ url, now: () => 5 })
  const ledger = sql`SELECT version, applied_at FROM schema_migration`
  const applied = await first.read(first.build.values(ledger))
  await first.write(sql`INSERT INTO organization VALUES ('o', 'Acme', 1)`)
  await first.close()
  const second = await openTemporary({ url, now: () => 9 })
  expect(await second.read(second.build.values(ledger))).toEqual(applied)
  expect(await listOrganizations(second)).toEqual([{ id: 'o', name: 'Acme', createdAt: 1 }])
})

it('a database of a newer Plugboard is refused and not a byte of it changes', async () => {
  const path = temporaryPath()
  const first = await openTemporary({ url: urlOf(path) })
  await first.write(sql`INSERT INTO schema_migration VALUES ('from-tomorrow', 1)`)
  await first.close()
  const digest = () => createHash('sha256').update(readFileSync(path)).digest('hex')
  const before = digest()
  await expect(openTemporary({ url: urlOf(path) })).rejects.toMatchObject({
    code: 'database.newer_schema',
    message: expect.stringContaining('from-tomorrow') as string,
  })
  expect(digest()).toBe(before)
  // The lock is free again: the newer version can start.
  await expect(openTemporary({ url: urlOf(path) })).rejects.toMatchObject({ code: 'database.newer_schema' })
})

it('a migration that fails half way leaves nothing of itself', async () => {
  const path = temporaryPath()
  const beside = openBeside(path)
  beside.exec('CREATE TABLE usage_bucket (in_the_way)')
  await expect(openTemporary({ url: urlOf(path) })).rejects.toMatchObject({ code: 'database.cannot_open' })
  const names = beside.prepare(`SELECT name FROM sqlite_master WHERE type = 'table'`).all()
  expect(names).toEqual([{ name: 'usage_bucket' }, { name: 'schema_migration' }])
  expect(beside.prepare('SELECT * FROM schema_migration').all()).toEqual([])
})

it('a file that is no database is refused by name', async () => {
  const path = temporaryPath()
  writeFileSync(path, 'not a database, but long enough to look at: '.repeat(40))
  await expect(openTemporary({ url: urlOf(path) })).rejects.toMatchObject({
    code: 'database.cannot_open',
    message: expect.stringContaining('SQLITE_NOTADB') as string,
  })
  expect(readFileSync(path, 'utf8')).toMatch(/^not a database/)
})

it('a folder that does not exist is refused by name', async () => {
  const url = urlOf(join(dirname(temporaryPath()), 'missing', 'plugboard.db'))
  await expect(openTemporary({ url })).rejects.toMatchObject({
    code: 'database.cannot_open',
    message: expect.stringContaining('missing') as string,
  })
})

it('the migrations are found from the sources and from a bundle under build/', () => {
  const expected = join(root, 'db', 'migrations')
  expect(findMigrationsFolder()).toBe(expected)
  expect(findMigrationsFolder(pathToFileURL(join(root, 'build', 'plugboard', 'main.js')).href)).toBe(expected)
})
