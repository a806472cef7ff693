// Tool calls of REST and tRPC have a short way beside the usual one; nobody may be able to tell them apart.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startFixtureUpstream, type FixtureUpstream } from '../support/fixture-upstream.ts'
import { startPlugboard, type RunningPlugboard } from '../support/start-plugboard.ts'

let plugboard: RunningPlugboard
let upstream: FixtureUpstream
beforeAll(async () => {
  upstream = await startFixtureUpstream()
  plugboard = await startPlugboard()
  await plugboard.send('PUT', '/namespaces/shop')
  await plugboard.send('PUT', '/shop/fixture', { mcpUrl: upstream.url })
})
afterAll(async () => {
  await plugboard.stop()
  await upstream.stop()
})

interface Seen {
  status: number
  headers: Record<string, string>
  body: unknown
}

/** What a caller sees, without what differs between any two answers. */
async function post(path: string, body: string, headers: Record<string, string> = {}): Promise<Seen> {
  const response = await fetch(plugboard.url + path, {
    method: 'POST',
    headers: { authorization: `Bearer ${plugboard.key}`, 'content-type': 'application/json', ...headers },
    body,
  })
  const own = ['content-type', 'cache-control', 'www-authenticate', 'x-should-retry', 'retry-after']
  if (!response.headers.get('x-request-id')?.startsWith('req_')) throw new Error('an answer without its request id')
  return {
    status: response.status,
    headers: Object.fromEntries(own.flatMap((name) => (response.headers.has(name) ? [[name, response.headers.get(name)!]] : []))),
    body: JSON.parse((await response.text()).replaceAll(/req_\w+/g, 'req')),
  }
}

const input = { namespace: 'shop', connectionId: 'fixture', tool: 'echo', arguments: { text: 'hi' } }
const stranger = { authorization: 'Bearer plug_nobody' }

it.each<[string, number, string, Record<string, string>]>([
  ['a call', 200, '{"text":"hi"}', {}],
  ['a byte order mark', 200, '\ufeff{"text":"hi"}', {}],
  ['a stranger', 401, '{"text":"hi"}', stranger],
  ['a stranger who sends nonsense', 401, '{"text":', stranger],
  ['a page of another origin', 403, '{}', { origin: 'https://elsewhere.example' }],
  ['no JSON', 400, '{"text":', {}],
  ['no object', 400, '[1]', {}],
  ['no body', 200, '', {}],
  ['another type', 415, '{}', { 'content-type': 'text/plain' }],
])('REST answers %s with %i on both ways', async (_case, status, body, headers) => {
  const direct = await post('/shop/fixture/.tools/echo', body, headers)
  // Percent-encoded, the same path is the router's.
  expect(await post('/shop/fixture/.tools/ech%6F', body, headers)).toEqual(direct)
  expect(direct.status).toBe(status)
})

it.each<[string, number, string, Record<string, string>]>([
  ['a call', 200, JSON.stringify(input), {}],
  ['a stranger', 401, JSON.stringify(input), stranger],
  ['a stranger who sends nonsense', 401, '{"a":', stranger],
  ['no JSON', 400, '{"a":', {}],
  ['no body', 400, '', {}],
  ['a member too many', 400, JSON.stringify({ ...input, more: 1 }), {}],
  ['an unknown connection', 404, JSON.stringify({ ...input, connectionId: 'nothing' }), {}],
])('tRPC answers %s with %i on both ways', async (_case, status, body, headers) => {
  const direct = await post('/trpc/tools.invoke', body, headers)
  // With a query, the same call is the handler's.
  expect(await post('/trpc/tools.invoke?x=1', body, headers)).toEqual(direct)
  expect(direct.status).toBe(status)
})

it.each<[string, number, string, Record<string, string>]>([
  ['two calls', 200, JSON.stringify({ 0: input, 1: input }), {}],
  ['two outcomes', 207, JSON.stringify({ 0: input, 1: { ...input, connectionId: 'nothing' } }), {}],
  ['an input that is missing', 207, JSON.stringify({ 0: input }), {}],
  ['a batch that is none', 400, '[1]', {}],
  ['a stranger', 401, JSON.stringify({ 0: input, 1: input }), stranger],
])('a tRPC batch of %s is answered with %i on both ways', async (_case, status, body, headers) => {
  const path = '/trpc/tools.invoke,tools.invoke?batch=1'
  const direct = await post(path, body, headers)
  expect(await post(`${path}&x=1`, body, headers)).toEqual(direct)
  expect(direct.status).toBe(status)
})
