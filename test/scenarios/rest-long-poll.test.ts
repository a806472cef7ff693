import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import type { ConnectionView } from '../../server/connections/connection-view.ts'
import { createGate } from '../support/gate.ts'
import { type FixtureUpstream, startFixtureUpstream } from '../support/fixture-upstream.ts'
import { type RunningPlugboard, startPlugboard } from '../support/start-plugboard.ts'

let plugboard: RunningPlugboard
let upstream: FixtureUpstream

beforeAll(async () => {
  ;[plugboard, upstream] = await Promise.all([startPlugboard(), startFixtureUpstream()])
  await plugboard.send('PUT', '/namespaces/shop')
})
afterAll(() => Promise.all([plugboard.stop(), upstream.stop()]))

beforeEach(async () => {
  upstream.set({ apiKey: { in: 'header', name: 'x-key', value: 'right' } })
  await plugboard.send('DELETE', '/shop/wiki')
  const { body } = await plugboard.send<ConnectionView>('PUT', '/shop/wiki', { mcpUrl: upstream.url.href })
  if (body.status.state === 'connected') throw new Error('the fixture let a caller without its key in')
})

/** Resolves once the house has one more listener: the poll that was just sent waits. */
async function waiting(): Promise<void> {
  const gate = createGate()
  const { statusFeed } = plugboard.house
  const subscribe = statusFeed.subscribe.bind(statusFeed)
  statusFeed.subscribe = (signal) => {
    statusFeed.subscribe = subscribe
    queueMicrotask(gate.open)
    return subscribe(signal)
  }
  await gate.opened
}

it('a poll answers as soon as the connection is connected', async () => {
  const listening = waiting()
  const poll = plugboard.send('GET', '/shop/wiki?wait=59&until=connected')
  await listening
  await plugboard.send('PUT', '/shop/wiki', { headers: { 'x-key': 'right' } })
  expect(await poll).toMatchObject({ status: 200, body: { status: { state: 'connected' } } })
})

it('a poll answers 404 when the connection is deleted meanwhile', async () => {
  const listening = waiting()
  const poll = plugboard.send('GET', '/shop/wiki?wait=59')
  await listening
  await plugboard.send('DELETE', '/shop/wiki')
  expect(await poll).toMatchObject({ status: 404 })
})

it('a poll whose key is revoked meanwhile sees nothing of what happens next', async () => {
  const temporary = await plugboard.createKey(plugboard.organizationId)
  const listening = waiting()
  const poll = plugboard.send('GET', '/shop/wiki?wait=59', undefined, { authorization: `Bearer ${temporary.key}` })
  await listening
  await plugboard.send('DELETE', `/keys/${temporary.id}`)
  await plugboard.send('PUT', '/shop/wiki', { headers: { 'x-key': 'right' } })
  expect(await poll).toMatchObject({ status: 401 })
})

it('without wait nothing waits', async () => {
  expect(await plugboard.send('GET', '/shop/wiki?until=connected')).toMatchObject({ status: 200 })
})

it.each(['wait=60', 'wait=-1', 'wait=soon', 'until=happy', 'weit=5'])('%s is refused', async (query) => {
  expect(await plugboard.send('GET', `/shop/wiki?${query}`)).toMatchObject({ status: 400, body: { details: { field: query.split('=')[0] } } })
})
