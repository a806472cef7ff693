import { createClient, type Client } from '@libsql/client'
import { sql } from 'drizzle-orm'
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { fileLane } from '../../db/lane.ts'
import { READER_PRAGMAS, readPragmas, WRITER_PRAGMAS } from '../../db/pragmas.ts'
import { insertOrganization } from '../../db/queries/organizations.ts'
import { openBeside, openTemporary, temporaryPath, urlOf } from './temporary-database.ts'

function openLane(path: string, pragmas = WRITER_PRAGMAS) {
  const client = createClient({ url: urlOf(path), concurrency: 1 })
  onTestFinished(() => client.close())
  const lane = fileLane(client, pragmas)
  return { lane, read: () => lane.run((used: Client) => readPragmas(used, Object.keys(pragmas))) }
}

const roles = [['writer', WRITER_PRAGMAS], ['reader', READER_PRAGMAS]] as const

it.each(roles)('the %s has its settings on the first connection', async (_which, pragmas) => {
  const { read } = openLane(temporaryPath(), pragmas)
  expect(await read()).toEqual(pragmas)
})

it('the connection that follows a busy one has the settings again', async () => {
  const path = temporaryPath()
  const { lane, read } = openLane(path)
  await lane.run((client) => client.execute('CREATE TABLE entry (value)'))
  const beside = openBeside(path)
  beside.exec('BEGIN IMMEDIATE')
  await expect(lane.run((client) => client.execute('INSERT INTO entry VALUES (1)'))).rejects.toMatchObject({ code: 'SQLITE_BUSY' })
  expect(await read()).toEqual(WRITER_PRAGMAS)
})

it('the connection that follows any other failure has the settings again, also for those already in line', async () => {
  const { lane, read } = openLane(temporaryPath())
  const failing = lane.run((client) => client.execute('SELECT * FROM nowhere'))
  const waiting = [read(), read(), read()]
  await expect(failing).rejects.toThrow()
  expect(await Promise.all(waiting)).toEqual([WRITER_PRAGMAS, WRITER_PRAGMAS, WRITER_PRAGMAS])
})

it('a connection that does not accept a setting is not used', async () => {
  const client = createClient({ url: ':memory:' })
  onTestFinished(() => client.close())
  let used = false
  const attempt = fileLane(client, WRITER_PRAGMAS).run(async () => {
    used = true
  })
  await expect(attempt).rejects.toMatchObject({ code: 'database.unsafe_connection' })
  expect(used).toBe(false)
})

it('no connection of an open database waits for locks inside SQLite, where waiting stops the event loop', async () => {
  const db = await openTemporary({ url: urlOf(temporaryPath()) })
  expect(await db.read(db.build.values(sql`SELECT timeout FROM pragma_busy_timeout`))).toEqual([[0]])
  await db.write(sql`CREATE TABLE seen AS SELECT timeout FROM pragma_busy_timeout`)
  expect(await db.read(db.build.values(sql`SELECT timeout FROM seen`))).toEqual([[0]])
})

it('a write that is sent through the reading connection is refused', async () => {
  const db = await openTemporary({ url: urlOf(temporaryPath()) })
  const insert = sql`INSERT INTO canary VALUES ('a', 'b', 'c') RETURNING id`
  await expect(db.read(db.build.all(insert))).rejects.toMatchObject({ code: 'SQLITE_READONLY' })
  await expect(db.read(db.build.run(sql`DELETE FROM canary`))).rejects.toThrow('hand it to write()')
})

it('what is deleted is gone from the bytes of all files once the database is closed', async () => {
  const path = temporaryPath()
  const db = await openTemporary({ url: urlOf(path) })
  await insertOrganization(db, { id: 'o', name: 'find-me-on-the-disk', createdAt: 0 })
  await db.write(sql`DELETE FROM organization`)
  await db.close()
  const files = readdirSync(dirname(path)).map((name) => readFileSync(join(dirname(path), name)))
  expect(files.some((bytes) => bytes.includes('find-me-on-the-disk'))).toBe(false)
})
