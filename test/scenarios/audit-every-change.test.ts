// Whatever changes something, at whichever door, leaves an entry in the audit log: who, what, from where. The walk takes the
// procedures and the routes from the code.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { appRouter } from '../../server/api/router.ts'
import { signIn } from '../../server/identity/sign-in.ts'
import { restRoutes } from '../../server/rest/rest-routes.ts'
import { type AuditedChange, type AuditWorld, restChanges, trpcChanges } from '../support/audit-changes.ts'
import { startFixtureUpstream } from '../support/fixture-upstream.ts'
import { OWNER, startConsole } from '../support/start-console.ts'

let world: AuditWorld
beforeAll(async () => {
  const upstream = await startFixtureUpstream()
  // Webhooks go there, too.
  const console = await startConsole({ environment: { EGRESS_ALLOW: upstream.url.host } })
  world = { console, upstream }
})
afterAll(() => Promise.all([world?.console.stop(), world?.upstream.stop()]))

const audit = () => world.console.asOwner.audit
const lastSeq = async () => (await audit().list({ limit: 1 })).entries[0]?.seq ?? 0
const entriesAfter = async (seq: number) => (await audit().list({ limit: 200 })).entries.filter((entry) => entry.seq > seq)

/** What is wrong, if anything. */
async function findSilence(change: AuditedChange | undefined, name: string): Promise<string | undefined> {
  if (!change) return `${name} is not in audit-changes.ts: say how it is made to change something, and what the log calls that`
  if ('no' in change) return undefined
  const before = await lastSeq()
  await change.make(world)
  const noted = (await entriesAfter(before)).filter(({ action }) => action === change.action)
  if (noted.length === 0) return `${name} left no entry "${change.action}"`
  if (!noted.every(({ result, actor }) => result === 'ok' && actor.id !== '')) return `${name} left an entry that does not say who, or that it went well`
  return /secret-value|plug_[0-9A-Za-z]{20}|compiler/.test(JSON.stringify(noted)) ? `${name} told a secret` : undefined
}

const mutations = Object.entries(appRouter._def.procedures as unknown as Record<string, { _def: { type: string } }>).filter(([, { _def }]) => _def.type === 'mutation')

it.each(mutations.map(([path]) => path))('tRPC %s leaves an entry, or says why it need not', async (path) => {
  expect(await findSilence(trpcChanges[path], path)).toBeUndefined()
})

it.each(restRoutes.filter(({ method }) => method !== 'GET'))('$method $path leaves an entry, or says why it need not', async ({ operationId }) => {
  expect(await findSilence(restChanges[operationId], operationId)).toBeUndefined()
})

it('what no longer exists is in neither table', () => {
  expect(Object.keys(trpcChanges).toSorted()).toEqual(mutations.map(([path]) => path).toSorted())
  expect(Object.keys(restChanges).toSorted()).toEqual(restRoutes.filter(({ method }) => method !== 'GET').map(({ operationId }) => operationId).toSorted())
})

describe('an entry', () => {
  it('says where a request came from, and which it was', async () => {
    const before = await lastSeq()
    const { headers } = await world.console.plugboard.send('POST', '/keys', { name: 'CI' }, { authorization: `Bearer ${await aKey()}`, 'user-agent': 'curl/8' })
    const [entry] = (await entriesAfter(before)).filter(({ actor }) => actor.kind === 'api_key')
    expect(entry).toMatchObject({ action: 'key.create', address: '127.0.0.1', userAgent: 'curl/8', requestId: headers.get('x-request-id') })
  })

  it('tells of a wrong password at whose door, and of the right one', async () => {
    const { house } = world.console.plugboard
    const browser = { address: '192.0.2.9', userAgent: 'a test' }
    const before = await lastSeq()
    await expect(signIn(house, browser, { email: OWNER.email, password: 'not this one' })).rejects.toThrow()
    await signIn(house, browser, OWNER)
    expect(await entriesAfter(before)).toMatchObject([
      { action: 'session.start', result: 'ok', actor: { kind: 'member' }, address: '192.0.2.9' },
      { action: 'session.start', result: 'denied', actor: { kind: 'person', id: '' }, target: { kind: 'member' }, code: 'identity.sign_in_refused' },
    ])
  })

  it('tells who used whose credential once a day, however often', async () => {
    const { console, upstream } = world
    const address = { namespace: OWNER.namespace, connectionId: 'used' }
    await console.asOwner.connections.create({ ...address, mcpUrl: upstream.url.href, headers: { 'x-key': 'secret-value-1' } })
    const before = await lastSeq()
    for (let calls = 0; calls < 3; calls++) await console.send('POST', `/${OWNER.namespace}/used/.tools/echo`, { text: 'hi' })
    await console.asOwner.tools.invoke({ ...address, tool: 'echo', arguments: {} })
    const uses = (await entriesAfter(before)).filter(({ action }) => action === 'credential.use')
    expect(uses.map(({ actor, target }) => [actor.kind, target?.id])).toEqual([['member', 'used'], ['api_key', 'used']])
  })
})

const aKey = async () => (await world.console.asOwner.keys.create({ name: 'one more' })).key
