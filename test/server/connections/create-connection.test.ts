// A connection under an id that its caller chose: made once, and never a change of another.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type FixtureUpstream, startFixtureUpstream } from '../../support/fixture-upstream.ts'
import { type RunningPlugboard, startPlugboard } from '../../support/start-plugboard.ts'

let plugboard: RunningPlugboard
let upstream: FixtureUpstream
beforeAll(async () => {
  ;[plugboard, upstream] = await Promise.all([startPlugboard(), startFixtureUpstream()])
  await plugboard.send('PUT', '/namespaces/shop')
})
afterAll(() => Promise.all([plugboard.stop(), upstream.stop()]))

const create = (input: object) => plugboard.send('POST', '/trpc/connections.create', { namespace: 'shop', mcpUrl: upstream.url, ...input })

it('has the id that was asked for, or one that is made up', async () => {
  expect((await create({ connectionId: 'mine' })).body).toMatchObject({ result: { data: { connectionId: 'mine' } } })
  expect((await create({})).body).toMatchObject({ result: { data: { connectionId: expect.stringMatching(/^[a-z]+-/) } } })
})

it('is refused if the id is taken, and what has it stays as it was', async () => {
  await create({ connectionId: 'taken', name: 'First' })
  const { status, body } = await create({ connectionId: 'taken', name: 'Second' })
  expect(status).toBe(409)
  expect(body).toMatchObject({ error: { data: { plugboard: { code: 'connection.id_taken', details: { field: 'connectionId' } } } } })
  expect((await plugboard.send('GET', '/shop/taken')).body).toMatchObject({ name: 'First' })
})

it('is made once, if several ask for the id at once', async () => {
  const answers = await Promise.all(['a', 'b', 'c'].map((name) => create({ connectionId: 'wanted', name })))
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409, 409])
})
