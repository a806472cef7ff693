// Secrets go in and never come out. A server with a recognisable secret in every place that can hold one is
// asked everything that it answers, well and badly; none of them is in an answer, a log line or a file.
import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest'
import { appRouter } from '../../server/api/router.ts'
import { restRoutes } from '../../server/rest/rest-routes.ts'
import { askAggregate } from '../support/ask-aggregate.ts'
import { type Canary, createCanary, createPlainCanary, findCanaries, findCanariesOnDisk } from '../support/canary.ts'
import { type Asker, createAsker, type KeptAnswer, wholeOf } from '../support/canary-asker.ts'
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

/** A server that holds the secrets, and who asks it. */
interface Target {
  plugboard: ListeningPlugboard
  asker: Asker
  webhookId: string
}
let target: Target
let honest: FixtureUpstream
/** Answers calls with an HTTP error that quotes what it was sent. */
let careless: FixtureUpstream
/** Does so from the first request on. */
let refusing: FixtureUpstream

async function startTarget(): Promise<Target> {
  const plugboard = await startSpawnedPlugboard({
    env: { LOG_LEVEL: 'trace', PLUGBOARD_ROOT_KEY: rootKey.value, SECRETS_KEKS: `k1:${kekBytes.toString('base64')}` },
  })
  const asker = createAsker(plugboard.url, rootKey.value)
  await asker.ask('PUT', '/namespaces/shop')
  const urls = { honest: honest.url.href, careless: careless.url.href, refusing: refusing.url.href, unreachable: 'http://127.0.0.1:1/mcp' }
  for (const id of connectionIds) await asker.ask('PUT', `/shop/${id}`, connectionTo(urls[id]))
  const webhook = JSON.parse((await asker.askUnkept('POST', '/api/webhooks', { namespace: 'shop', url: 'https://127.0.0.1:1/hooks' })).text) as { id: string; secret: string }
  canaries.push({ name: 'the secret of a webhook endpoint', value: webhook.secret.replace('whsec_', '') })
  return { plugboard, asker, webhookId: webhook.id }
}

beforeAll(async () => {
  ;[honest, careless, refusing] = await Promise.all([
    startFixtureUpstream(),
    startFixtureUpstream({ on: ['tools/call', 'tools/list'], echoSecrets: 500 }),
    startFixtureUpstream({ on: ['initialize', 'server/discover'], echoSecrets: 403 }),
  ])
  target = await startTarget()
}, 60_000)
afterAll(() => Promise.all([target?.plugboard, honest, careless, refusing].map((each) => each?.stop())))

let plans = 0
/** With a key to revoke and a namespace to remove that are this plan's own. */
async function makePlan({ asker, webhookId }: Target): Promise<RequestPlan> {
  const name = `own-${++plans}`
  const made = JSON.parse((await asker.askUnkept('POST', '/keys', { name })).text) as { id: string; key: string }
  canaries.push({ name: `the API key ${name}`, value: made.key })
  await asker.ask('PUT', `/namespaces/${name}`)
  for (const connectionId of ['kept', 'removed']) await asker.ask('PUT', `/${name}/${connectionId}`, connectionTo('http://127.0.0.1:1/mcp'))
  await asker.ask('POST', '/trpc/connections.remove', { namespace: name, connectionId: 'removed' })
  return {
    connectionIds,
    connection: connectionTo(honest.url.href),
    misplaced: misplaced.value,
    revocableKeyId: made.id,
    webhookId,
    removableNamespace: name,
  }
}

let looked = 0
/** In the answers since the last look: so the test that finds a leak is the one that made it. */
function findLeaks(): string[] {
  const fresh = target.asker.answers.slice(looked)
  looked = target.asker.answers.length
  return fresh.flatMap((answer) => findCanaries(wholeOf(answer), canaries).map((name) => `${name} is in the answer to ${answer.request}`))
}

const procedures = Object.entries(appRouter._def.procedures as unknown as Record<string, { _def: { type: string } }>)
const statuses = [400, 403, 500] as const
const pages = ['/', '/no/such/page', '/app', '/shop', '/healthz', '/readyz', '/assets/nothing.js', '/.env', '/data/kek', '/trpc/no.such']

async function askRoute(at: Target, route: (typeof restRoutes)[number]): Promise<void> {
  const requests = restRequests(await makePlan(at))[route.operationId]
  if (!requests) throw new Error(`${route.operationId} is not in canary-requests.ts: say what it is to be asked`)
  for (const mount of route.mounts) for (const [path, body] of requests) await at.asker.ask(route.method, mount + path, body)
}

async function askProcedure(at: Target, path: string, type: string): Promise<void> {
  const inputs = trpcInputs(await makePlan(at))[path]
  if (!inputs) throw new Error(`${path} is not in canary-requests.ts: say what it is to be asked`)
  for (const input of inputs) {
    if (type === 'mutation') await at.asker.ask('POST', `/trpc/${path}`, input ?? {})
    if (path === 'tools.stream') await at.asker.ask('POST', `/trpc/${path}?batch=1`, { 0: input }, { 'trpc-accept': 'application/jsonl' })
    if (type !== 'mutation') await at.asker.ask('GET', `/trpc/${path}?input=${encodeURIComponent(JSON.stringify(input) ?? '')}`)
  }
  await at.asker.ask('POST', `/trpc/${path}`, `{"broken": ${misplaced.value}`)
}

async function askMcp({ asker }: Target, id: string): Promise<void> {
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
  await askAggregate(asker, misplaced.value)
}

async function askForQuotes({ asker }: Target, status: (typeof statuses)[number]): Promise<KeptAnswer[]> {
  careless.set({ echoSecrets: status })
  const opened = await asker.ask('POST', '/connect/shop/careless/mcp', INITIALIZE)
  return [
    await asker.ask('POST', '/shop/careless/.tools/echo', {}),
    await asker.ask('POST', '/trpc/tools.invoke', { namespace: 'shop', connectionId: 'careless', tool: 'echo', arguments: {} }),
    await asker.ask('POST', '/connect/shop/careless/mcp', call('echo')),
    await asker.ask('POST', '/connect/shop/careless/mcp', call('echo'), { 'mcp-session-id': opened.headers.get('mcp-session-id')! }),
  ]
}

async function askPage({ asker }: Target, path: string): Promise<void> {
  await asker.ask('GET', `${path}?token=${misplaced.value}`, undefined, { accept: 'text/html', authorization: '' })
  await asker.ask('GET', path)
}

async function askWithMisfits({ asker }: Target): Promise<void> {
  for (const authorization of [`Bearer ${misplaced.value}`, misplaced.value, `Basic ${misplaced.value}`]) {
    for (const path of ['/shop', '/trpc/keys.list', '/connect/shop/honest/mcp', '/keys'])
      await asker.ask('GET', path, undefined, { authorization })
  }
}

it.each(restRoutes)('no secret comes out of $method $path', async (route) => {
  await askRoute(target, route)
  expect(findLeaks()).toEqual([])
})

it.each(procedures)('no secret comes out of tRPC %s', async (path, { _def: { type } }) => {
  await askProcedure(target, path, type)
  expect(findLeaks()).toEqual([])
})

it.each(connectionIds)('no secret comes out of the MCP endpoints of the connection "%s" and its namespace', async (id) => {
  await askMcp(target, id)
  expect(findLeaks()).toEqual([])
})

it.each(statuses)('no secret comes back when an upstream answers HTTP %i and quotes what it was sent', async (status) => {
  for (const answer of await askForQuotes(target, status)) {
    expect(answer.text).toMatch(/"upstream\.(http_status|credential_refused)"/)
  }
  expect(findLeaks()).toEqual([])
})

it.each(pages)('no secret comes out of the page %s', async (path) => {
  await askPage(target, path)
  expect(findLeaks()).toEqual([])
})

it('a key that does not fit is nowhere repeated', async () => {
  await askWithMisfits(target)
  expect(findLeaks()).toEqual([])
})

it('the upstream did get the stored header and query: what it says about them in a tool result is its own answer', async () => {
  const echoed = await target.asker.askUnkept('POST', '/shop/honest/.tools/headers', {})
  expect(findCanaries(echoed.text, canaries)).toEqual([header.name])
  expect(honest.requests.at(-1)?.url).toContain(query.value)
})

it('no secret is in the log at its most talkative, in what was printed, or in any file, running or stopped', async () => {
  // A server of its own, asked all of the above: it is stopped in here.
  const own = await startTarget()
  onTestFinished(() => own.plugboard.stop())
  for (const route of restRoutes) await askRoute(own, route)
  for (const [path, { _def }] of procedures) await askProcedure(own, path, _def.type)
  for (const id of connectionIds) await askMcp(own, id)
  for (const status of statuses) await askForQuotes(own, status)
  for (const path of pages) await askPage(own, path)
  await askWithMisfits(own)
  await own.asker.askUnkept('POST', '/shop/honest/.tools/headers', {})

  expect(await findCanariesOnDisk(own.plugboard.dataDir, canaries)).toEqual([])
  own.plugboard.child.kill('SIGTERM')
  const { code, stdout, stderr } = await own.plugboard.exited
  expect(code).toBe(0)
  expect(stderr.split('\n').length).toBeGreaterThan(100)
  expect(findCanaries(stderr, canaries)).toEqual([])
  expect(findCanaries(stdout, canaries)).toEqual([])
  expect(await findCanariesOnDisk(own.plugboard.dataDir, canaries)).toEqual([])
}, 60_000)
