import { createClient } from '@libsql/client'
import { expect, it } from 'vitest'
import { fileLane, type Lane } from '../../db/lane.ts'
import { WRITER_PRAGMAS } from '../../db/pragmas.ts'
import { openBeside, temporaryPath, urlOf } from './temporary-database.ts'

/** One write is refused because another connection holds the lock; ten follow after it let go. */
async function writeAfterBusy(path: string, write: (value: number) => Promise<unknown>) {
  const beside = openBeside(path)
  beside.exec('PRAGMA journal_mode=WAL; CREATE TABLE entry (value INTEGER UNIQUE); BEGIN IMMEDIATE')
  await expect(write(0)).rejects.toMatchObject({ code: 'SQLITE_BUSY' })
  beside.exec('COMMIT')
  const answers = await Promise.allSettled(Array.from({ length: 10 }, (_, index) => write(index + 1)))
  const acknowledged = answers.filter(({ status }) => status === 'fulfilled').length
  return { acknowledged, durable: openBeside(path).prepare('SELECT value FROM entry').all().length }
}

const insert = (value: number) => ({ sql: 'INSERT INTO entry VALUES (?)', args: [value] })

it('the bare client acknowledges writes after a busy one and loses them all, which is why nothing uses it bare', async () => {
  const path = temporaryPath()
  const client = createClient({ url: urlOf(path), concurrency: 1 })
  const outcome = await writeAfterBusy(path, (value) => client.execute(insert(value)))
  client.close()
  expect(outcome).toEqual({ acknowledged: 10, durable: 0 })
})

it.each<[string, (lane: Lane, value: number) => Promise<unknown>]>([
  ['single statements', (lane, value) => lane.run((client) => client.execute(insert(value)))],
  ['batches', (lane, value) => lane.run((client) => client.batch([insert(value)], 'write'))],
])('through a lane every acknowledged write after a busy one is durable: %s', async (_kind, write) => {
  const path = temporaryPath()
  const client = createClient({ url: urlOf(path), concurrency: 1 })
  const lane = fileLane(client, WRITER_PRAGMAS)
  const outcome = await writeAfterBusy(path, (value) => write(lane, value))
  client.close()
  expect(outcome).toEqual({ acknowledged: 10, durable: 10 })
})
