// How each procedure and each route that changes something is made to change it, for the test that looks whether the audit log
// heard of it. One that is not in here fails that test.
import { createInvitation, acceptInvitation } from '../../server/identity/invitations.ts'
import { contextFor } from '../../server/context/context.ts'
import { storeAppAccess } from './app-access.ts'
import type { FixtureUpstream } from './fixture-upstream.ts'
import type { RunningConsole } from './start-console.ts'

export interface AuditWorld {
  console: RunningConsole
  upstream: FixtureUpstream
}

/** What it is; `no` says why there is nothing to note. */
export type AuditedChange = { action: string; make(world: AuditWorld): Promise<unknown> } | { no: string }

let made = 0
const fresh = (word: string) => `${word}-${++made}`

const audited = (action: string, make: (world: AuditWorld) => Promise<unknown>): AuditedChange => ({ action, make })

const given = ({ upstream }: AuditWorld) => ({ mcpUrl: upstream.url.href, headers: { 'x-key': 'secret-value-1' } })

async function newNamespace({ console }: AuditWorld): Promise<string> {
  const name = fresh('space')
  await console.asOwner.namespaces.ensure({ name })
  return name
}

async function newConnection(world: AuditWorld): Promise<{ namespace: string; connectionId: string }> {
  const address = { namespace: await newNamespace(world), connectionId: 'it' }
  await world.console.asOwner.connections.create({ ...address, ...given(world) })
  return address
}

const newWebhook = async (world: AuditWorld) =>
  world.console.asOwner.webhooks.create({ namespace: await newNamespace(world), url: `${world.upstream.url.origin}/hook` })

/** An endpoint, and a message that it has got. */
async function newDelivery(world: AuditWorld): Promise<{ webhookId: string; deliveryId: string }> {
  const { id: webhookId } = await newWebhook(world)
  const { id: deliveryId } = await world.console.asOwner.webhooks.test({ webhookId })
  return { webhookId, deliveryId }
}

const newKey = ({ console }: AuditWorld) => console.asOwner.keys.create({ name: fresh('key') })

async function newMember({ console }: AuditWorld): Promise<string> {
  const { house } = console.plugboard
  const { memberId, organization } = await console.asOwner.account.get()
  const actor = { kind: 'member', id: memberId, organizationId: organization.id, role: 'owner', sessionHandle: 'here' } as const
  const email = `${fresh('member')}@example.com`
  const { url } = await createInvitation(contextFor(house, actor, 'req_test'), { email, role: 'member' })
  await acceptInvitation(house, { address: '192.0.2.7', userAgent: 'a test' }, { token: url.split('/').at(-1)!, name: 'Grace', password: 'the first compiler' })
  return (await console.asOwner.members.list()).find((member) => member.email === email)!.id
}

const ASKS = 'asks the server what state it is in; what it does to a connection is its status'
const CALLS = 'a call: counted by connection, tool and minute, and its credential noted once a day'
const NARROWS = 'whoever holds a token does this without us: nothing is stored'
const CONSENTS = 'needs somebody’s consent: `scenarios/audit-consent.test.ts`'

/** By path in the router. */
export const trpcChanges: Readonly<Record<string, AuditedChange>> = {
  'namespaces.create': audited('namespace.create', ({ console }) => console.asOwner.namespaces.create()),
  'namespaces.ensure': audited('namespace.create', newNamespace),
  'namespaces.updateSettings': audited('namespace.settings', async (world) =>
    world.console.asOwner.namespaces.updateSettings({ name: await newNamespace(world), allowedOrigins: ['https://app.example.com'] }),
  ),
  'namespaces.remove': audited('namespace.delete', async (world) => world.console.asOwner.namespaces.remove({ name: await newNamespace(world) })),
  'connectSessions.create': audited('connect_session.create', async (world) =>
    world.console.asOwner.connectSessions.create({ namespace: await newNamespace(world), mcpUrl: world.upstream.url.href, ttl: 600 }),
  ),
  'connectSessions.complete': { no: CONSENTS },
  'connections.try': { no: 'stores nothing' },
  'connections.create': audited('connection.create', newConnection),
  'connections.upsert': audited('credential.write', async (world) => world.console.asOwner.connections.upsert({ ...(await newConnection(world)), headers: { 'x-key': 'secret-value-2' } })),
  'connections.update': audited('connection.update', async (world) => world.console.asOwner.connections.update({ ...(await newConnection(world)), name: 'Renamed' })),
  'connections.delete': audited('connection.delete', async (world) => world.console.asOwner.connections.delete(await newConnection(world))),
  'connections.remove': audited('connection.remove', async (world) => world.console.asOwner.connections.remove(await newConnection(world))),
  'connections.undoRemove': audited('connection.restore', async (world) => {
    const address = await newConnection(world)
    await world.console.asOwner.connections.remove(address)
    return world.console.asOwner.connections.undoRemove(address)
  }),
  'connections.check': { no: ASKS },
  'connections.doctor': { no: 'asks, and changes nothing' },
  'tools.invoke': { no: CALLS },
  'tools.stream': { no: CALLS },
  'keys.create': audited('key.create', newKey),
  'keys.revoke': audited('key.revoke', async (world) => world.console.asOwner.keys.revoke({ id: (await newKey(world)).id })),
  'webhooks.create': audited('webhook.create', newWebhook),
  'webhooks.update': audited('webhook.update', async (world) => world.console.asOwner.webhooks.update({ webhookId: (await newWebhook(world)).id, description: 'For us' })),
  'webhooks.delete': audited('webhook.delete', async (world) => world.console.asOwner.webhooks.delete({ webhookId: (await newWebhook(world)).id })),
  'webhooks.rotateSecret': audited('webhook.rotate', async (world) => world.console.asOwner.webhooks.rotateSecret({ webhookId: (await newWebhook(world)).id })),
  'webhooks.test': audited('webhook.test', newDelivery),
  'webhooks.replay': audited('webhook.replay', async (world) => world.console.asOwner.webhooks.replay(await newDelivery(world))),
  'tokens.mint': audited('token.mint', ({ console }) => console.asOwner.tokens.mint({})),
  'tokens.preview': { no: 'asks, and changes nothing' },
  'tokens.narrow': { no: NARROWS },
  'tokens.revoke': audited('token.revoke', async ({ console }) => console.asOwner.tokens.revoke({ token: (await console.asOwner.tokens.mint({})).token })),
  'audit.export': audited('audit.export', ({ console }) => console.asOwner.audit.export({})),
  'account.rename': audited('account.rename', ({ console }) => console.asOwner.account.rename({ name: 'Ada' })),
  'account.revokeSession': audited('session.end', async ({ console }) => {
    await console.signIn()
    const other = (await console.asOwner.account.sessions()).find(({ current }) => !current)!
    return console.asOwner.account.revokeSession({ handle: other.handle })
  }),
  'account.endApp': audited('app_access.end', async (world) => {
    const { memberId, organization } = await world.console.asOwner.account.get()
    const member = { memberId, organizationId: organization.id, namespace: await newNamespace(world) }
    return world.console.asOwner.account.endApp({ id: await storeAppAccess(world.console.plugboard.house, member) })
  }),
  'account.revokeOtherSessions': audited('session.end', ({ console }) => console.asOwner.account.revokeOtherSessions()),
  'members.changeRole': audited('member.role', async (world) => world.console.asOwner.members.changeRole({ id: await newMember(world), role: 'admin' })),
  'members.remove': audited('member.remove', async (world) => world.console.asOwner.members.remove({ id: await newMember(world) })),
  'invitations.create': audited('invitation.create', ({ console }) => console.asOwner.invitations.create({ email: `${fresh('guest')}@example.com`, role: 'member' })),
  'invitations.revoke': audited('invitation.revoke', async ({ console }) => {
    const { id } = await console.asOwner.invitations.create({ email: `${fresh('guest')}@example.com`, role: 'member' })
    return console.asOwner.invitations.revoke({ id })
  }),
  'organization.rename': audited('organization.rename', ({ console }) => console.asOwner.organization.rename({ name: 'Engines' })),
}

const sent = (world: AuditWorld, method: string, path: string, body?: unknown) => world.console.send(method, path, body)

/** By operationId. */
export const restChanges: Readonly<Record<string, AuditedChange>> = {
  createNamespace: audited('namespace.create', (world) => sent(world, 'POST', '/namespaces', {})),
  ensureNamespace: audited('namespace.create', (world) => sent(world, 'PUT', `/namespaces/${fresh('space')}`)),
  removeNamespace: audited('namespace.delete', async (world) => sent(world, 'DELETE', `/namespaces/${await newNamespace(world)}`)),
  updateNamespaceSettings: audited('namespace.settings', async (world) => sent(world, 'PUT', `/namespaces/${await newNamespace(world)}/settings`, { allowedOrigins: [] })),
  createApiKey: audited('key.create', (world) => sent(world, 'POST', '/keys', { name: 'CI' })),
  revokeApiKey: audited('key.revoke', async (world) => sent(world, 'DELETE', `/keys/${(await newKey(world)).id}`)),
  reportLeakedKey: audited('key.revoke', async (world) => sent(world, 'POST', '/keys/report-leaked', { key: (await newKey(world)).key })),
  createConnectSession: audited('connect_session.create', async (world) =>
    sent(world, 'POST', '/connect-sessions', { namespace: await newNamespace(world), mcpUrl: world.upstream.url.href }),
  ),
  mintToken: audited('token.mint', (world) => sent(world, 'POST', '/tokens', {})),
  revokeToken: audited('token.revoke', async (world) => sent(world, 'POST', '/tokens/revoke', { token: (await world.console.asOwner.tokens.mint({})).token })),
  createWebhook: audited('webhook.create', async (world) => sent(world, 'POST', '/api/webhooks', { namespace: await newNamespace(world), url: `${world.upstream.url.origin}/hook` })),
  updateWebhook: audited('webhook.update', async (world) => sent(world, 'PUT', `/api/webhooks/${(await newWebhook(world)).id}`, { description: 'For us' })),
  deleteWebhook: audited('webhook.delete', async (world) => sent(world, 'DELETE', `/api/webhooks/${(await newWebhook(world)).id}`)),
  rotateWebhookSecret: audited('webhook.rotate', async (world) => sent(world, 'POST', `/api/webhooks/${(await newWebhook(world)).id}/rotate-secret`)),
  testWebhook: audited('webhook.test', async (world) => sent(world, 'POST', `/api/webhooks/${(await newWebhook(world)).id}/test`)),
  replayWebhookDelivery: audited('webhook.replay', async (world) => {
    const { webhookId, deliveryId } = await newDelivery(world)
    return sent(world, 'POST', `/api/webhooks/${webhookId}/deliveries/${deliveryId}/replay`)
  }),
  completeConnectSession: { no: CONSENTS },
  createConnection: audited('connection.create', async (world) => sent(world, 'POST', `/${await newNamespace(world)}`, given(world))),
  upsertConnection: audited('connection.create', async (world) => sent(world, 'PUT', `/${await newNamespace(world)}/it`, given(world))),
  deleteConnection: audited('connection.delete', async (world) => {
    const { namespace, connectionId } = await newConnection(world)
    return sent(world, 'DELETE', `/${namespace}/${connectionId}`)
  }),
  checkConnection: { no: ASKS },
  refreshConnection: { no: ASKS },
  examineConnection: { no: 'asks, and changes nothing' },
  callTool: { no: CALLS },
}
