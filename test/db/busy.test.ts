import { expect, it } from 'vitest'
import { BUSY_PATIENCE_MS } from '../../db/busy-retry.ts'
import { insertOrganization, listOrganizations } from '../../db/queries/organizations.ts'
import { openBeside, openTemporary, temporaryPath, urlOf } from './temporary-database.ts'

const organization = (id: string) => ({ id, name: id, createdAt: 0 })

/** A database whose write lock someone else holds, and whose waiting is counted instead of waited. */
async function openBusy(onSleep: (count: number, release: () => void) => void = () => undefined) {
  const path = temporaryPath()
  const sleeps: number[] = []
  const sleep = async (delayMs: number) => {
    sleeps.push(delayMs)
    onSleep(sleeps.length, () => beside.exec('COMMIT'))
  }
  const db = await openTemporary({ url: urlOf(path), sleep })
  const beside = openBeside(path)
  beside.exec('BEGIN IMMEDIATE')
  return { db, beside, sleeps }
}

it('a write waits until another holder lets go of the lock, and is durable', async () => {
  const { db, beside, sleeps } = await openBusy((count, release) => count === 3 && release())
  await insertOrganization(db, organization('org_1'))
  expect(sleeps).toHaveLength(3)
  expect(beside.prepare('SELECT id FROM organization').all()).toEqual([{ id: 'org_1' }])
})

it('a write that waited too long says when to come back, and left nothing behind', async () => {
  const { db, beside, sleeps } = await openBusy()
  await expect(insertOrganization(db, organization('org_1'))).rejects.toMatchObject({
    code: 'database.busy',
    kind: 'unavailable',
    retryAfterSeconds: 1,
  })
  const waitedMs = sleeps.reduce((sum, delay) => sum + delay, 0)
  expect(waitedMs).toBeGreaterThanOrEqual(BUSY_PATIENCE_MS)
  expect(Math.max(...sleeps)).toBeLessThanOrEqual(100)
  beside.exec('COMMIT')
  expect(await listOrganizations(db)).toEqual([])
})

it('reads go on while a write waits', async () => {
  const read: Promise<unknown>[] = []
  const { db } = await openBusy((count, release) => {
    if (count === 1) read.push(listOrganizations(db).finally(release))
  })
  await insertOrganization(db, organization('org_1'))
  expect(await read[0]).toEqual([])
})

it('of many writers that met the lock every acknowledged one is durable', async () => {
  const { db, beside } = await openBusy((count, release) => count === 40 && release())
  const ids = Array.from({ length: 20 }, (_, index) => `org_${index}`)
  await Promise.all(ids.map((id) => insertOrganization(db, organization(id))))
  expect(beside.prepare('SELECT id FROM organization').all()).toHaveLength(20)
})
