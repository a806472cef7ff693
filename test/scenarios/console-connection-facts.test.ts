// What the console shows of connections besides the connections: the names in a credential, and a namespace at a glance.
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type FixtureUpstream, startFixtureUpstream } from '../support/fixture-upstream.ts'
import { type RunningPlugboard, startPlugboard } from '../support/start-plugboard.ts'

let plugboard: RunningPlugboard
let upstream: FixtureUpstream
beforeEach(async () => {
  ;[plugboard, upstream] = await Promise.all([startPlugboard(), startFixtureUpstream()])
  await plugboard.send('PUT', '/namespaces/shop')
})
afterEach(() => Promise.all([plugboard.stop(), upstream.stop()]))

async function ask(procedure: string, input: object): Promise<unknown> {
  const path = `/trpc/connections.${procedure}?input=${encodeURIComponent(JSON.stringify(input))}`
  const { body } = await plugboard.send<{ result: { data: unknown } }>('GET', path)
  return body.result.data
}
const credentialOf = (connectionId: string) => ask('credential', { namespace: 'shop', connectionId })

it('a credential is described by names: of headers, and of query values', async () => {
  const createdAt = new Date(plugboard.house.now()).toISOString()
  await plugboard.send('PUT', '/shop/it', {
    mcpUrl: `${upstream.url.href}?api%20key=secret-1&barekey&token=secret-2&token=secret-3`,
    headers: { 'X-Api-Key': 'secret-4', authorization: 'Bearer secret-5' },
  })
  expect(await credentialOf('it')).toEqual({
    kind: 'configured',
    headerNames: ['X-Api-Key', 'authorization'],
    // What stands there without a value may be the key itself.
    queryNames: ['api key', 'token'],
    createdAt,
    updatedAt: createdAt,
    grant: null,
    machineGrant: null,
  })
})

it('a connection that presents nothing says so', async () => {
  await plugboard.send('PUT', '/shop/it', { mcpUrl: upstream.url })
  expect(await credentialOf('it')).toEqual({ kind: 'none', headerNames: [], queryNames: [], createdAt: null, updatedAt: null, grant: null, machineGrant: null })
})

it('a namespace is summed up by state, with at most five that want somebody, the last changed first', async () => {
  await plugboard.send('PUT', '/namespaces/other')
  await plugboard.send('PUT', '/other/elsewhere', { mcpUrl: upstream.url })
  for (const id of ['a', 'b']) await plugboard.send('PUT', `/shop/${id}`, { mcpUrl: upstream.url })
  for (let index = 0; index < 7; index++) {
    plugboard.advance(1000)
    await plugboard.send('PUT', `/shop/broken-${index}`, { mcpUrl: 'http://127.0.0.1:1/mcp' })
  }
  plugboard.advance(1000)
  await plugboard.send('PUT', '/shop/broken-4', { name: 'Changed last' })
  await plugboard.send('POST', '/trpc/connections.remove', { namespace: 'shop', connectionId: 'broken-0' })
  await plugboard.send('POST', '/trpc/connections.remove', { namespace: 'shop', connectionId: 'a' })
  const summary = (await ask('summary', { namespace: 'shop' })) as { attention: { connectionId: string }[] }
  expect(summary).toMatchObject({ total: 7, byState: { connected: 1, error: 6 } })
  expect(summary.attention.map(({ connectionId }) => connectionId)).toEqual(['broken-4', 'broken-6', 'broken-5', 'broken-3', 'broken-2'])
})
