// Keys are replaced under everything that OAuth and webhooks keep sealed, and nobody has to sign in or change a secret again.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sealedTables } from '../../../server/admin/vault-storage.ts'
import type { ConnectionView } from '../../../server/connections/connection-view.ts'
import { MINUTE_MS, SECOND_MS } from '../../../server/lib/units.ts'
import { retireDataKeys } from '../../../server/vault/retire-keys.ts'
import { rewrapRows } from '../../../server/vault/rewrap-rows.ts'
import { rotateKeys } from '../../../server/vault/rotate-keys.ts'
import type { CreatedWebhookView } from '../../../server/webhooks/webhook-view.ts'
import { beginConsent, consentTo, finishConsent } from '../../support/oauth-connection.ts'
import { createOAuthPerson } from '../../support/oauth-person.ts'
import { type OAuthProvider, startOAuthProvider } from '../../support/oauth-provider.ts'
import { type ProtectedUpstream, startProtectedUpstream } from '../../support/protected-upstream.ts'
import { startPlugboard } from '../../support/start-plugboard.ts'
import { startWebhookReceiver, type WebhookReceiver } from '../../support/webhook-receiver.ts'

const LIFE_SECONDS = 300

let provider: OAuthProvider
let upstream: ProtectedUpstream
let receiver: WebhookReceiver
beforeAll(async () => {
  // A server that takes clients with a secret only: then ours is sealed, too.
  const configure: NonNullable<Parameters<typeof startOAuthProvider>[0]>['configure'] = (usual) => ({
    ...usual,
    clientAuthMethods: ['client_secret_basic'],
    clientDefaults: { ...usual.clientDefaults, token_endpoint_auth_method: 'client_secret_basic' },
  })
  provider = await startOAuthProvider({ accessTokenSeconds: LIFE_SECONDS, configure })
  upstream = await startProtectedUpstream(provider)
  receiver = await startWebhookReceiver()
})
afterAll(async () => {
  await receiver?.stop()
  await upstream?.close()
  await provider?.close()
})

test('tokens, the secrets of clients and webhooks and a sign-in that is under way outlive the keys they were sealed with', async () => {
  const plugboard = await startPlugboard({ environment: { EGRESS_ALLOW: receiver.host } })
  const { house } = plugboard
  await plugboard.send('PUT', '/namespaces/acme')
  const connect = async (id: string) => (await plugboard.send<ConnectionView>('PUT', `/acme/${id}`, { mcpUrl: upstream.url })).body
  const call = (id: string) => plugboard.send('POST', `/acme/${id}/.tools/echo`, { message: 'hello' })
  await consentTo(house, await connect('granted'))
  expect((await call('granted')).status).toBe(200)
  const webhook = (await plugboard.send<CreatedWebhookView>('POST', '/api/webhooks', { namespace: 'acme', url: receiver.url })).body
  const back = await createOAuthPerson().authorize((await beginConsent(house, await connect('under-way'))).href)

  await rotateKeys(house.vault)
  // The access token, the refresh token, the secret of the client, a verifier that was used and one that was not, and a webhook's secret.
  expect(await rewrapRows(house.vault, sealedTables(house.db))).toEqual({ resealed: 6, current: 0, changed: 0, unreadable: 0 })
  plugboard.advance(MINUTE_MS + 1)
  expect((await retireDataKeys(house.vault, sealedTables(house.db))).retired).toBeGreaterThan(0)

  expect(await finishConsent(house, back)).toMatchObject({ connectionId: 'under-way', status: { state: 'connected' } })
  expect((await call('granted')).status).toBe(200)
  plugboard.advance(LIFE_SECONDS * SECOND_MS + 1)
  expect((await call('granted')).status).toBe(200)
  await plugboard.send('POST', `/api/webhooks/${webhook.id}/test`)
  expect(receiver.types()).toEqual(['webhook.test'])
  await plugboard.stop()
})
