// What a connection was called for, by tool and day.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { DAY_MS } from '../../server/lib/units.ts'
import { type FixtureUpstream, startFixtureUpstream } from '../support/fixture-upstream.ts'
import { type RunningPlugboard, startPlugboard } from '../support/start-plugboard.ts'

let plugboard: RunningPlugboard
let upstream: FixtureUpstream
beforeAll(async () => {
  ;[plugboard, upstream] = await Promise.all([startPlugboard(), startFixtureUpstream()])
  await plugboard.send('PUT', '/namespaces/shop')
  await plugboard.send('PUT', '/shop/it', { mcpUrl: upstream.url.href })
  const call = (tool: string) => plugboard.send('POST', `/shop/it/.tools/${tool}`, { text: 'hi' })
  await call('echo')
  plugboard.advance(DAY_MS)
  for (const tool of ['echo', 'echo', 'headers']) await call(tool)
  await plugboard.house.usage.flush()
})
afterAll(() => Promise.all([plugboard?.stop(), upstream?.stop()]))

const usage = (query = '') => plugboard.send('GET', `/api/usage?namespace=shop&connectionId=it${query}`)

it('is told day by day, the most called tool first', async () => {
  expect((await usage()).body).toMatchObject({
    days: [
      { day: '2027-01-15', tool: 'echo', calls: 1, errors: 0 },
      { day: '2027-01-16', tool: 'echo', calls: 2, errors: 0 },
      { day: '2027-01-16', tool: 'headers', calls: 1, errors: 0 },
    ],
  })
})

it('is told of the days that are asked for, both included', async () => {
  expect((await usage('&from=2027-01-15&to=2027-01-15')).body).toMatchObject({ days: [{ day: '2027-01-15', calls: 1 }] })
})

it.each(['&from=2027-02-01&to=2027-01-01', '&from=2020-01-01', '&from=yesterday'])('is refused in words for what cannot be told: %s', async (query) => {
  expect(await usage(query)).toMatchObject({ status: 400, body: { code: 'input.invalid', details: { field: 'from' } } })
})
