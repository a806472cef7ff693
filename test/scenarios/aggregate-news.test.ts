// Clients of the endpoint of a namespace hear that what it lists has changed, for as long as they may list it.
import { afterEach, beforeEach, expect, it } from 'vitest'
import { ToolListChangedNotificationSchema } from '@modelcontextprotocol/sdk/types.js'
import { type Aggregate, startAggregate } from '../support/aggregate.ts'
import { type FixtureUpstream, startFixtureUpstream } from '../support/fixture-upstream.ts'
import { connectClient, connectModernClient } from '../support/mcp-clients.ts'

let aggregate: Aggregate
let upstream: FixtureUpstream
beforeEach(async () => {
  ;[aggregate, upstream] = await Promise.all([startAggregate(), startFixtureUpstream()])
})
afterEach(() => Promise.all([aggregate.stop(), upstream.stop()]))

it('a client with a stream hears of a connection that comes, and lists its tools', async () => {
  let tell = () => {}
  const heard = new Promise<void>((resolve) => void (tell = resolve))
  const client = await connectClient(aggregate.endpoint, {}, (made) => made.setNotificationHandler(ToolListChangedNotificationSchema, () => tell()))
  await aggregate.connect('wiki', upstream.url)
  await heard
  expect((await client.listTools()).tools.map(({ name }) => name)).toContain('wiki.echo')
  await client.close()
})

it('a client of 2026-07-28 subscribes to what it wants to hear, and hears when a connection goes', async () => {
  await aggregate.connect('wiki', upstream.url)
  let tell = () => {}
  const heard = new Promise<void>((resolve) => void (tell = resolve))
  const client = await connectModernClient(aggregate.endpoint, 'auto', {}, (made) => made.setNotificationHandler('notifications/tools/list_changed', () => tell()))
  const subscription = await client.listen({ toolsListChanged: true, resourceSubscriptions: ['plugboard://wiki/x'] })
  expect(subscription.honoredFilter).toEqual({ toolsListChanged: true })
  await aggregate.plugboard.send('DELETE', '/connect/shop/wiki')
  await heard
  expect((await client.listTools()).tools.map(({ name }) => name)).toEqual(['plugboard_connections'])
  await subscription.close()
  await client.close()
})

it.each(['its key is revoked', 'the namespace is deleted'])('a stream ends when %s', async (why) => {
  const { key, id } = await aggregate.plugboard.createKey(aggregate.plugboard.organizationId)
  const stream = await fetch(aggregate.endpoint.url, { headers: { authorization: `Bearer ${key}`, accept: 'text/event-stream' } })
  expect(stream.status).toBe(200)
  await aggregate.plugboard.send('DELETE', why === 'its key is revoked' ? `/keys/${id}` : '/namespaces/shop')
  await aggregate.plugboard.services.gateway.openStreams.recheck()
  await stream.text()
  expect(aggregate.plugboard.services.gateway.openStreams.size).toBe(0)
})

it('a GET of 2026-07-28, which has no such stream, and DELETE are refused as verbs', async () => {
  const headers = { authorization: `Bearer ${aggregate.plugboard.key}` }
  const modern = await fetch(aggregate.endpoint.url, { headers: { ...headers, 'mcp-protocol-version': '2026-07-28' } })
  const ending = await fetch(aggregate.endpoint.url, { method: 'DELETE', headers })
  expect([modern.status, ending.status]).toEqual([405, 405])
})
