import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { insertConnection } from '../../../db/queries/connections.ts'
import { insertNamespace } from '../../../db/queries/namespaces.ts'
import { listConnections } from '../../../server/connections/list-connections.ts'
import type { Context } from '../../../server/context/context.ts'
import type { AppError } from '../../../server/lib/app-error.ts'
import { connectionRow } from '../../db/sample-rows.ts'
import { startPlugboard, type RunningPlugboard } from '../../support/start-plugboard.ts'

let plugboard: RunningPlugboard
let context: Context

beforeAll(async () => {
  plugboard = await startPlugboard()
  const { house, organizationId } = plugboard
  context = { ...house, actor: { kind: 'api_key', id: 'key_1', organizationId }, requestId: 'req_1' }
  await insertNamespace(house.db, { name: 'shop', organizationId, createdAt: 0 })
  for (let index = 0; index < 25; index++) {
    // Five of each moment: the cursor must not skip any of them.
    const row = connectionRow(`con_${String(index).padStart(2, '0')}`, {
      organizationId,
      namespace: 'shop',
      createdAt: Math.floor(index / 5),
    })
    await insertConnection(house.db, { connection: row, credential: undefined, metadataTexts: [] })
  }
})
afterAll(() => plugboard.stop())

const page = (limit: number, cursor?: string) =>
  listConnections(context, { namespace: 'shop', limit, ...(cursor !== undefined && { cursor }) })

it.each([1, 2, 4, 5, 7, 24, 25, 100])('pages of %i hold every connection once', async (limit) => {
  const seen: string[] = []
  let cursor: string | null = null
  do {
    const { connections, nextCursor } = await page(limit, cursor ?? undefined)
    expect(connections.length).toBeLessThanOrEqual(limit)
    seen.push(...connections.map(({ connectionId }) => connectionId))
    cursor = nextCursor
  } while (cursor !== null)
  expect(seen).toHaveLength(25)
  expect(new Set(seen).size).toBe(25)
})

it("a cursor that no list returned is refused as the caller's mistake, never as ours", async () => {
  const encode = (text: string) => Buffer.from(text).toString('base64url')
  const forged = fc.oneof(
    fc.string(),
    fc.jsonValue().map((value) => encode(JSON.stringify(value))),
    fc.constantFrom('', '[]', '[1]', '[1,2]', '["1","a"]', '[1.5,"a"]', '[1e400,"a"]', '{"0":1,"1":"a"}', 'null').map(encode)
  )
  const isGood = async (cursor: string) => {
    const outcome = await page(5, cursor).then(
      () => 'a page',
      (error: AppError) => `${error.code} ${error.kind} ${JSON.stringify(error.details)}`
    )
    return ['a page', 'input.invalid invalid {"field":"cursor"}'].includes(outcome)
  }
  const run = await fc.check(fc.asyncProperty(forged, isGood), { numRuns: 300, interruptAfterTimeLimit: 8000 })
  expect(run.failed && fc.defaultReportMessage(run)).toBe(false)
  for (const cursor of ['x', '!', Buffer.from('[1,2]').toString('base64url')])
    await expect(page(5, cursor)).rejects.toMatchObject({ code: 'input.invalid' })
})

it("a position of one's own making shows nothing that the list would not", async () => {
  const { connections } = await page(100, Buffer.from(JSON.stringify([9e15, '\uffff'])).toString('base64url'))
  expect(connections).toHaveLength(25)
  const other = { ...context, actor: { ...context.actor, organizationId: 'org_other' } }
  await expect(listConnections(other, { namespace: 'shop', limit: 5, cursor: (await page(5)).nextCursor! })).rejects.toMatchObject({
    code: 'namespace.not_found',
  })
})
