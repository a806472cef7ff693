// Secrets go in and never come out. A server with a recognisable secret in every place that can hold one is
// asked everything that it answers, well and badly; none of them is in an answer, a log line or a file.
import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { appRouter } from '../../server/api/router.ts'
import { restRoutes } from '../../server/rest/rest-routes.ts'
import { type Canary, createCanary, createPlainCanary, findCanaries, findCanariesOnDisk } from '../support/canary.ts'
import { createAsker, type Asker, wholeOf } from '../support/canary-asker.ts'
import { type RequestPlan, restRequests, trpcInputs } from '../support/canary-requests.ts'
import { type FixtureUpstream, startFixtureUpstream } from '../support/fixture-upstream.ts'
import { type ListeningPlugboard, startSpawnedPlugboard } from '../support/spawn-plugboard.ts'

const header = createCanary('a stored header')
const query = createPlainCanary('a value in the query of mcpUrl')
const rootKey = createPlainCanary('the root key')
const kekBytes = randomBytes(32)
const kek: Canary[] = [
  { name: 'the encryption key, as it was given', value: kekBytes.toString('base64') },
  { name: 'the bytes of the encryption key', value: kekBytes.toString('latin1') },
]
const misplaced = createPlainCanary('a secret in a bad request')
const canaries: Canary[] = [header, query, rootKey, ...kek, misplaced]

const connectionTo = (url: string) => ({
  mcpUrl: `${url}?token=${query.value}&debug`,
  headers: { 'X-Api-Key': header.value, Authorization: `Bearer ${header.value}` },
})
const connectionIds = ['honest', 'careless', 'refusing', 'unreachable'] as const
const INITIALIZE = {
  jsonrpc: '2.0',
  id: 1,
  method: 'initialize',
  params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'c', version: '1' } },
}
const call = (name: string) => ({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name, arguments: {} } })

let plugboard: ListeningPlugboard
let asker: Asker
let honest: FixtureUpstream
/** Answers calls with an HTTP error that quotes what it was sent. */
let careless: FixtureUpstream
/** Does so from the first request on. */
let refusing: FixtureUpstream
let plan: RequestPlan

beforeAll(async () => {
  ;[honest, careless, refusing, plugboard] = await Promise.all([
    startFixtureUpstream(),
    startFixtureUpstream({ on: ['tools/call', 'tools/list'], echoSecrets: 500 }),
    startFixtureUpstream({ on: ['initialize', 'server/discover'], echoSecrets: 403 }),
    startSpawnedPlugboard({
      env: { LOG_LEVEL: 'trace', PLUGBOARD_ROOT_KEY: rootKey.value, SECRETS_KEKS: `k1:${kekBytes.toString('base64')}` },
    }),
  ])
  asker = createAsker(plugboard.url, rootKey.value)
  await asker.ask('PUT', '/namespaces/shop')
  const urls = { honest: honest.url.href, careless: careless.url.href, refusing: refusing.url.href, unreachable: 'http://127.0.0.1:1/mcp' }
  for (const id of connectionIds) await asker.ask('PUT', `/shop/${id}`, connectionTo(urls[id]))
  const made = JSON.parse((await asker.askUnkept('POST', '/keys', { name: 'revocable' })).text) as { id: string; key: string }
  canaries.push({ name: 'an API key', value: made.key })
  plan = { connectionIds, connection: connectionTo(urls.honest), misplaced: misplaced.value, revocableKeyId: made.id }
}, 60_000)
afterAll(() => Promise.all([plugboard, honest, careless, refusing].map((each) => each?.stop())))

let looked = 0
/** In the answers since the last look: so the test that finds a leak is the one that made it. */
function findLeaks(): string[] {
  const fresh = asker.answers.slice(looked)
  looked = asker.answers.length
  return fresh.flatMap((answer) => findCanaries(wholeOf(answer), canaries).map((name) => `${name} is in the answer to ${answer.request}`))
}

it.each(restRoutes)('no secret comes out of $method $path', async (route) => {
  const requests = restRequests(plan)[route.operationId]
  if (!requests) throw new Error(`${route.operationId} is not in canary-requests.ts: say what it is to be asked`)
  for (const mount of route.mounts) for (const [path, body] of requests) await asker.ask(route.method, mount + path, body)
  expect(findLeaks()).toEqual([])
})

it.each(Object.entries(appRouter._def.procedures as unknown as Record<string, { _def: { type: string } }>))(
  'no secret comes out of tRPC %s',
  async (path, { _def: { type } }) => {
    const inputs = trpcInputs(plan)[path]
    if (!inputs) throw new Error(`${path} is not in canary-requests.ts: say what it is to be asked`)
    for (const input of inputs) {
      if (type === 'mutation') await asker.ask('POST', `/trpc/${path}`, input ?? {})
      else await asker.ask('GET', `/trpc/${path}?input=${encodeURIComponent(JSON.stringify(input) ?? '')}`)
    }
    await asker.ask('POST', `/trpc/${path}`, `{"broken": ${misplaced.value}`)
    expect(findLeaks()).toEqual([])
  }
)

it.each(connectionIds)('no secret comes out of the MCP endpoints of the connection "%s"', async (id) => {
  for (const path of [`/connect/shop/${id}/mcp`, `/mcp/shop/${id}`]) {
    const opened = await asker.ask('POST', path, INITIALIZE)
    for (const session of ['smithery-stateless', misplaced.value, opened.headers.get('mcp-session-id') ?? 'none']) {
      for (const method of ['tools/list', 'tools/call', 'logging/setLevel', 'server/discover', misplaced.value]) {
        await asker.ask('POST', path, { ...call('echo'), method }, { 'mcp-session-id': session })
      }
      await asker.ask('DELETE', path, undefined, { 'mcp-session-id': session })
    }
    await asker.ask('POST', path, `{"jsonrpc": ${misplaced.value}`)
    await asker.ask('POST', path, misplaced.value, { 'content-type': 'text/plain' })
    await asker.ask('GET', path)
    await asker.ask('PATCH', path)
  }
  expect(findLeaks()).toEqual([])
})

it.each([400, 403, 500] as const)('no secret comes back when an upstream answers HTTP %i and quotes what it was sent', async (status) => {
  careless.set({ echoSecrets: status })
  const opened = await asker.ask('POST', '/connect/shop/careless/mcp', INITIALIZE)
  const quoting = [
    await asker.ask('POST', '/shop/careless/.tools/echo', {}),
    await asker.ask('POST', '/trpc/tools.invoke', { namespace: 'shop', connectionId: 'careless', tool: 'echo', arguments: {} }),
    await asker.ask('POST', '/connect/shop/careless/mcp', call('echo')),
    await asker.ask('POST', '/connect/shop/careless/mcp', call('echo'), { 'mcp-session-id': opened.headers.get('mcp-session-id')! }),
  ]
  for (const answer of quoting) expect(answer.text).toMatch(/"upstream\.(http_status|credential_refused)"/)
  expect(findLeaks()).toEqual([])
})

it.each(['/', '/no/such/page', '/app', '/shop', '/healthz', '/readyz', '/assets/nothing.js', '/.env', '/data/kek', '/trpc/no.such'])(
  'no secret comes out of the page %s',
  async (path) => {
    await asker.ask('GET', `${path}?token=${misplaced.value}`, undefined, { accept: 'text/html', authorization: '' })
    await asker.ask('GET', path)
    expect(findLeaks()).toEqual([])
  }
)

it('a key that does not fit is nowhere repeated', async () => {
  for (const authorization of [`Bearer ${misplaced.value}`, misplaced.value, `Basic ${misplaced.value}`]) {
    for (const path of ['/shop', '/trpc/keys.list', '/connect/shop/honest/mcp', '/keys'])
      await asker.ask('GET', path, undefined, { authorization })
  }
  expect(findLeaks()).toEqual([])
})

it('the upstream did get the stored header and query: what it says about them in a tool result is its own answer', async () => {
  const echoed = await asker.askUnkept('POST', '/shop/honest/.tools/headers', {})
  expect(findCanaries(echoed.text, canaries)).toEqual([header.name])
  expect(honest.requests.at(-1)?.url).toContain(query.value)
})

it('no secret is in the log at its most talkative, in what was printed, or in any file, running or stopped', async () => {
  expect(await findCanariesOnDisk(plugboard.dataDir, canaries)).toEqual([])
  plugboard.child.kill('SIGTERM')
  const { code, stdout, stderr } = await plugboard.exited
  expect(code).toBe(0)
  expect(stderr.split('\n').length).toBeGreaterThan(100)
  expect(findCanaries(stderr, canaries)).toEqual([])
  expect(findCanaries(stdout, canaries)).toEqual([])
  expect(await findCanariesOnDisk(plugboard.dataDir, canaries)).toEqual([])
})
