// A namespace as somebody would find it after a while: a server that works, one that attacks, one that is
// dead, calls of both kinds, an invitation, keys.
import { storeAppAccess } from './app-access.ts'
import { startFixtureUpstream } from './fixture-upstream.ts'
import { HOSTILE } from './hostile-texts.ts'
import { startHostileUpstream } from './hostile-upstream.ts'
import type { RunningConsole } from './start-console.ts'

export interface FurnishedConsole {
  namespace: string
  invitationPath: string
  webhookId: string
  authorizePath: string
  deliveryId: string
  stop(): Promise<void>
}

export async function furnishConsole({ namespace, send, asOwner, plugboard }: RunningConsole): Promise<FurnishedConsole> {
  const [working, hostile, dead] = [await startFixtureUpstream(), await startHostileUpstream(), await startFixtureUpstream({ html: true, on: ['initialize', 'server/discover'] })]
  const connect = (id: string, body: object) => send('PUT', `/connect/${namespace}/${id}`, body)
  const call = (id: string, tool: string) => send('POST', `/connect/${namespace}/${id}/.tools/${tool}`, {})
  const webhook = await asOwner.webhooks.create({ namespace, url: 'https://127.0.0.1:1/hooks', description: HOSTILE.image })
  await connect('working', { mcpUrl: working.url.href, name: 'Works', headers: { 'x-api-key': 'of-a-test' }, metadata: { userId: '123' } })
  await connect('hostile', {
    mcpUrl: hostile.url,
    name: HOSTILE.closing,
    metadata: { userId: HOSTILE.script, [HOSTILE.image]: HOSTILE.rightToLeft, about: HOSTILE.json, long: HOSTILE.long.slice(0, 2000) },
  })
  await connect('dead', { mcpUrl: dead.url.href, name: HOSTILE.image })
  for (const tool of ['attack', 'fails', 'refuses']) await call('hostile', tool)
  for (const tool of ['echo', 'fail']) await call('working', tool)
  await plugboard.house.usage.flush()
  await asOwner.keys.create({ name: HOSTILE.image })
  await asOwner.tokens.mint({ name: HOSTILE.image, policy: [{ namespaces: namespace, metadata: { userId: HOSTILE.script }, tools: HOSTILE.long.slice(0, 150) }] })
  await asOwner.webhooks.test({ webhookId: webhook.id })
  await plugboard.services.deliverer.deliverDue()
  const { deliveries } = await asOwner.webhooks.deliveries({ webhookId: webhook.id, limit: 100 })
  await storeAppAccess(plugboard.house, { memberId: (await asOwner.account.get()).memberId, organizationId: (await asOwner.account.get()).organization.id, namespace }, HOSTILE.closing)
  const { url } = await asOwner.invitations.create({ email: 'invited@example.com', role: 'member' })
  return {
    namespace,
    invitationPath: new URL(url).pathname,
    webhookId: webhook.id,
    authorizePath: await registerApp(plugboard.url, namespace),
    deliveryId: deliveries.find(({ payload }) => (payload.data as { connectionId?: string }).connectionId === 'hostile')!.id,
    async stop() {
      for (const upstream of [working, hostile, dead]) await upstream.stop()
    },
  }
}

/** An app with a hostile name that asks to be let in. */
async function registerApp(url: string, namespace: string): Promise<string> {
  const redirectUri = 'http://127.0.0.1:1/callback'
  const body = JSON.stringify({ client_name: HOSTILE.image, redirect_uris: [redirectUri] })
  const { client_id } = (await (await fetch(`${url}/oauth/register`, { method: 'POST', headers: { 'content-type': 'application/json' }, body })).json()) as { client_id: string }
  const challenge = { response_type: 'code', code_challenge_method: 'S256', code_challenge: 'c'.repeat(43) }
  return `/oauth/authorize?${new URLSearchParams({ client_id, redirect_uri: redirectUri, resource: `${url}/mcp/${namespace}`, ...challenge })}`
}
