// What the policy says of a request, every door says: made-up policies, each asked about every connection.
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { ServiceTokenActor } from '../../server/policy/actor.ts'
import { authorize } from '../../server/policy/authorize.ts'
import { parsePolicy, type Constraint } from '../../server/policy/constraint.ts'
import { requestFor, type Operation, type PermissionRequest } from '../../server/policy/permission.ts'
import { compileBlock } from '../../server/policy/policy-block.ts'
import { type FixtureUpstream, startFixtureUpstream } from '../support/fixture-upstream.ts'
import { policyChains } from '../support/policy-samples.ts'
import { bearer, mintServiceToken } from '../support/service-tokens.ts'
import { type RunningPlugboard, startPlugboard } from '../support/start-plugboard.ts'

const PLACES = [
  { namespace: 'shop', connectionId: 'one', metadata: { userId: '1' } },
  { namespace: 'shop', connectionId: 'two', metadata: { userId: '2', plan: 'free' } },
  { namespace: 'shop', connectionId: 'nobodys', metadata: null },
  { namespace: 'elsewhere', connectionId: 'one', metadata: { userId: '1', plan: 'free' } },
]
type Place = (typeof PLACES)[number]

const CALLS = [
  { name: 'echo', arguments: { text: 'hi' } },
  { name: 'echo', arguments: { text: 'no' } },
  { name: 'fail', arguments: {} },
]
type Call = (typeof CALLS)[number]

type Decision = 'allowed' | 'refused' | 'hidden'

let plugboard: RunningPlugboard
let upstream: FixtureUpstream
beforeAll(async () => {
  ;[plugboard, upstream] = await Promise.all([startPlugboard(), startFixtureUpstream()])
  for (const name of ['shop', 'elsewhere']) await plugboard.send('PUT', `/namespaces/${name}`)
  for (const { namespace, connectionId, metadata } of PLACES) await plugboard.send('PUT', `/${namespace}/${connectionId}`, { mcpUrl: upstream.url, ...(metadata && { metadata }) })
})
afterAll(() => Promise.all([plugboard.stop(), upstream.stop()]))

async function mintChain([first, ...others]: Constraint[][]): Promise<string> {
  let { token } = await mintServiceToken(plugboard, { policy: first })
  for (const policy of others) ({ token } = await mintServiceToken(plugboard, { policy }, token))
  return token
}

const actorOf = (chain: Constraint[][]): ServiceTokenActor => ({
  kind: 'service_token',
  id: 'tok_1',
  organizationId: plugboard.organizationId,
  minter: { kind: 'api_key', id: 'key_1', organizationId: plugboard.organizationId },
  blocks: chain.map((policy, index) => compileBlock(parsePolicy(policy), String(index))),
  scopeHash: 'hash',
  signatureHashes: [],
  issuedAtMs: 0,
  expiresAtMs: Infinity,
})

function decide(chain: Constraint[][], operation: Operation, place: Place, call?: PermissionRequest['call']): Decision {
  //STAT
  const decision = authorize(actorOf(chain), requestFor(operation, { ...place, organizationId: plugboard.organizationId }, call))
  return decision.allowed ? 'allowed' : decision.as
}

async function ask(token: string, method: string, path: string, body?: unknown): Promise<Decision> {
  const headers = { ...bearer(token), accept: 'application/json' }
  const answer = await plugboard.send<{ error?: { data?: { code?: string } } }>(method, path, body, headers)
  const { status } = answer
  // A refusal of one call can be an answer of JSON-RPC.
  if (status === 403 || answer.body.error?.data?.code?.startsWith('policy.')) return 'refused'
  if (status === 404) return 'hidden'
  if (status !== 200) throw new Error(`${method} ${path}: ${status} ${JSON.stringify(answer.body)}`)
  return 'allowed'
}

const askForTimeline = (token: string, { namespace, connectionId }: Place) => [
  ask(token, 'GET', `/${namespace}/${connectionId}/.timeline`),
  ask(token, 'GET', `/trpc/connections.timeline?input=${encodeURIComponent(JSON.stringify({ namespace, connectionId }))}`),
]

const askForCheck = (token: string, { namespace, connectionId }: Place) => [
  ask(token, 'POST', `/${namespace}/${connectionId}/.check`),
  ask(token, 'POST', '/trpc/connections.check', { namespace, connectionId }),
]

const askForCall = (token: string, { namespace, connectionId }: Place, params: Call) => [
  ask(token, 'POST', `/${namespace}/${connectionId}/.tools/${params.name}`, params.arguments),
  ask(token, 'POST', '/trpc/tools.invoke', { namespace, connectionId, tool: params.name, arguments: params.arguments }),
  ask(token, 'POST', `/mcp/${namespace}/${connectionId}`, { jsonrpc: '2.0', id: 1, method: 'tools/call', params }),
]

async function idsListed(token: string, path: string): Promise<string[]> {
  const { body } = await plugboard.send<{ connections?: { connectionId: string }[]; result?: { data: { connections: { connectionId: string }[] } } }>('GET', path, undefined, bearer(token))
  return (body.connections ?? body.result?.data.connections ?? []).map(({ connectionId }) => connectionId).toSorted()
}

it('REST, tRPC and MCP decide as the policy does', { timeout: 120_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(policyChains, async (chain) => {
      const token = await mintChain(chain)
      for (const place of PLACES) {
        const read = decide(chain, 'read', place)
        expect(await Promise.all(askForTimeline(token, place))).toEqual([read, read])
        const write = decide(chain, 'write', place)
        expect(await Promise.all(askForCheck(token, place))).toEqual([write, write])
        for (const params of CALLS) {
          const call = decide(chain, 'execute', place, { method: 'tools/call', params })
          expect([params.name, ...(await Promise.all(askForCall(token, place, params)))]).toEqual([params.name, call, call, call])
        }
      }
      const readable = PLACES.filter((place) => place.namespace === 'shop' && decide(chain, 'read', place) === 'allowed').map(({ connectionId }) => connectionId)
      expect(await idsListed(token, '/shop')).toEqual(readable.toSorted())
      expect(await idsListed(token, `/trpc/connections.list?input=${encodeURIComponent('{"namespace":"shop"}')}`)).toEqual(readable.toSorted())
    }),
    { numRuns: 40 },
  )
})
