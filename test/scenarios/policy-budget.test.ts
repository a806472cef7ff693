// So many calls and no more: counted once, wherever they are made and however often the token was narrowed.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type FixtureUpstream, startFixtureUpstream } from '../support/fixture-upstream.ts'
import { DOORS, openDoor } from '../support/four-doors.ts'
import { bearer, mintServiceToken } from '../support/service-tokens.ts'
import { type SharedDatabase, startSharedDatabase } from '../support/shared-database.ts'
import { type RunningPlugboard, startPlugboard } from '../support/start-plugboard.ts'

let database: SharedDatabase
let upstream: FixtureUpstream
/** Two processes' worth of Plugboard on one database. */
let left: RunningPlugboard
let right: RunningPlugboard

beforeAll(async () => {
  database = await startSharedDatabase()
  const { environment } = database
  left = await startPlugboard({ environment })
  ;[right, upstream] = await Promise.all([startPlugboard({ environment }), startFixtureUpstream()])
  await left.send('PUT', '/namespaces/shop')
  await left.send('PUT', '/shop/it', { mcpUrl: upstream.url })
})
afterAll(async () => {
  await Promise.all([left, right, upstream].map((each) => each?.stop()))
  await database?.close()
})

const mint = async (policy: object[], minter?: string) => (await mintServiceToken(left, { policy }, minter)).token
const echoes = () => upstream.requests.filter(({ message }) => message?.params?.name === 'echo').length
const call = (token: string, plugboard = left) => plugboard.send('POST', '/shop/it/.tools/echo', { text: 'hi' }, bearer(token))

it('a hundred narrowings on two processes share ten calls', async () => {
  const root = await mint([{ calls: 10 }])
  const narrowed = await Promise.all(Array.from({ length: 100 }, (_, index) => mint([{ methods: ['tools/call', 'tools/list'], tools: ['echo', `t${index}`] }], root)))
  const before = echoes()
  const answers = await Promise.all(narrowed.map((token, index) => call(token, index % 2 === 0 ? left : right)))
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(10)
  expect(new Set(answers.filter(({ status }) => status !== 200).map(({ body }) => body.code))).toEqual(new Set(['policy.budget_spent']))
  expect(echoes() - before).toBe(10)
  expect((await call(root, right)).status).toBe(403)
})

it('every door pays', async () => {
  const token = await mint([{ calls: DOORS.length }])
  for (const door of DOORS) expect((await (await openDoor({ ...left, key: token }, door, 'it'))()).status).toBe(200)
  for (const door of DOORS) expect(await (await openDoor({ ...left, key: token }, door, 'it'))()).toMatchObject({ status: 403, code: 'policy.budget_spent' })
})

it('looking around, and what is refused anyway, costs nothing', async () => {
  const token = await mint([{ calls: 1, tools: 'echo' }])
  for (let times = 0; times < 3; times++) {
    expect((await left.send('GET', '/shop/it/.tools', undefined, bearer(token))).status).toBe(200)
    expect((await left.send('POST', '/shop/it/.tools/fail', {}, bearer(token))).body.code).toBe('policy.call_forbidden')
  }
  expect((await call(token)).status).toBe(200)
  expect((await call(token)).status).toBe(403)
})

it('what another grant gives for nothing is not paid for', async () => {
  const token = await mint([{ calls: 1 }, { tools: 'echo' }])
  for (let times = 0; times < 3; times++) expect((await call(token)).status).toBe(200)
  const other = () => left.send('POST', '/shop/it/.tools/headers', {}, bearer(token))
  expect([(await other()).status, (await other()).status]).toEqual([200, 403])
})

it('where two grants count, the second pays once the first is used up, and no call pays twice', async () => {
  const token = await mint([{ calls: 1 }, { tools: 'headers', calls: 5 }, { tools: 'echo', calls: 2 }])
  const statuses: number[] = []
  for (let times = 0; times < 5; times++) statuses.push((await call(token, times % 2 === 0 ? left : right)).status)
  expect(statuses).toEqual([200, 200, 200, 403, 403])
})

it('a narrower token pays its own budget and one of those that it was narrowed from', async () => {
  const root = await mint([{ calls: 1 }, { calls: 1 }])
  const narrowed = await mint([{ calls: 3 }], root)
  expect([(await call(narrowed)).status, (await call(narrowed)).status, (await call(narrowed)).status]).toEqual([200, 200, 403])
})

it('of two budgets neither is spent when one is used up', async () => {
  const root = await mint([{ calls: 2 }])
  const narrowed = await mint([{ calls: 1 }], root)
  expect([(await call(narrowed)).status, (await call(narrowed)).status, (await call(narrowed)).status]).toEqual([200, 403, 403])
  expect([(await call(root)).status, (await call(root)).status]).toEqual([200, 403])
})

it('the same policy minted again is a budget of its own', async () => {
  const [one, other] = [await mint([{ calls: 1 }]), await mint([{ calls: 1 }])]
  expect([(await call(one)).status, (await call(other)).status, (await call(one)).status]).toEqual([200, 200, 403])
})
