// A namespace that goes takes everything along: also sessions that nobody has used yet, and whoever waits for news hears it.
import { expect, it } from 'vitest'
import { startFixtureUpstream } from '../support/fixture-upstream.ts'
import { createGate } from '../support/gate.ts'
import { startHandDrivenSseServer } from '../support/hand-driven-sse-server.ts'
import { startPlugboard } from '../support/start-plugboard.ts'

it('deleting a namespace ends the upstream sessions of all its connections, used or not, and says so', async () => {
  const [plugboard, upstream] = await Promise.all([startPlugboard(), startFixtureUpstream()])
  await plugboard.send('PUT', '/namespaces/shop')
  for (const id of ['used', 'unused']) await plugboard.send('PUT', `/shop/${id}`, { mcpUrl: upstream.url })
  await plugboard.send('POST', '/shop/used/.tools/echo', {})
  expect(upstream.sessions()).toHaveLength(2)
  const listening = new AbortController()
  const news = plugboard.house.statusFeed.subscribe(listening.signal)
  const heard = Promise.all([news.next(), news.next()])
  await plugboard.send('DELETE', '/namespaces/shop')
  expect(plugboard.house.pool.size).toBe(0)
  const goodbyes = () => upstream.requests.filter(({ method }) => method === 'DELETE')
  await upstream.request(() => goodbyes().length === 2)
  await Promise.all(goodbyes().map(({ over }) => over))
  expect(upstream.sessions()).toEqual([])
  const deleted = (await heard).map(({ value }) => value as { connectionId: string; state: string })
  expect(deleted.map(({ connectionId, state }) => `${connectionId} ${state}`).toSorted()).toEqual(['unused deleted', 'used deleted'])
  listening.abort()
  await Promise.all([plugboard.stop(), upstream.stop()])
})

it('a connection whose namespace is deleted while its server is asked is not made, and the answer says why', async () => {
  const [plugboard, upstream] = await Promise.all([startPlugboard(), startHandDrivenSseServer()])
  await plugboard.send('PUT', '/namespaces/shop')
  const gate = createGate()
  upstream.beforeEndpoint = gate.opened
  const making = plugboard.send('PUT', '/shop/late', { mcpUrl: upstream.url, metadata: { userId: 'u1' } })
  while (upstream.streams.length === 0) await plugboard.send('GET', '/health')
  await plugboard.send('DELETE', '/namespaces/shop')
  gate.open()
  expect(await making).toMatchObject({ status: 404, body: { code: 'namespace.not_found' } })
  await upstream.streams[0]!.closed
  expect(plugboard.house.pool.size).toBe(0)
  await Promise.all([plugboard.stop(), upstream.stop()])
})
