// What happens to a namespace's connections is told to the app, signed as Standard Webhooks says and verified with its
// reference library, unmodified.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { CreatedWebhookView } from '../../server/webhooks/webhook-view.ts'
import { DAY_MS, SECOND_MS } from '../../server/lib/units.ts'
import { type FixtureUpstream, startFixtureUpstream } from '../support/fixture-upstream.ts'
import { bearer, mintServiceToken } from '../support/service-tokens.ts'
import { type RunningPlugboard, startPlugboard } from '../support/start-plugboard.ts'
import { startWebhookReceiver, type WebhookReceiver } from '../support/webhook-receiver.ts'

let plugboard: RunningPlugboard
let upstream: FixtureUpstream
let receiver: WebhookReceiver
let namespaces = 0
let namespace: string
let webhook: CreatedWebhookView

beforeAll(async () => {
  ;[receiver, upstream] = await Promise.all([startWebhookReceiver(), startFixtureUpstream()])
  plugboard = await startPlugboard({ environment: { EGRESS_ALLOW: receiver.host } })
  // Receivers refuse what was not signed just now, by their own clock.
  plugboard.advance(new Date().getTime() - plugboard.house.now())
})
afterAll(() => Promise.all([plugboard, upstream, receiver].map((each) => each?.stop())))

beforeEach(async () => {
  namespace = `shop-${++namespaces}`
  upstream.set({ html: false, on: ['initialize', 'server/discover'], extraTools: [] })
  await plugboard.send('PUT', `/namespaces/${namespace}`)
  webhook = await makeWebhook({})
  receiver.messages.length = 0
})

const makeWebhook = async (wanted: object) =>
  (await plugboard.send<CreatedWebhookView>('POST', '/api/webhooks', { namespace, url: receiver.url, ...wanted })).body
const connect = (id: string, body: object = {}) => plugboard.send('PUT', `/${namespace}/${id}`, { mcpUrl: upstream.url.href, ...body })
const deliver = () => plugboard.services.deliverer.deliverDue()
const told = async () => {
  receiver.messages.length = 0
  await deliver()
  return receiver.types()
}

describe('a message', () => {
  it('is accepted by the library of the specification with the secret that was shown, and by no other', async () => {
    await connect('wiki', { metadata: { userId: '123' } })
    await deliver()
    const [message] = receiver.messages
    expect(receiver.verify(message!, webhook.secret)).toEqual({
      type: 'connection.created',
      timestamp: new Date(plugboard.house.now()).toISOString(),
      data: { namespace, connectionId: 'wiki', status: { state: 'connected' }, metadata: { userId: '123' } },
    })
    expect(() => receiver.verify(message!, 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw')).toThrow('No matching signature found')
    expect(() => receiver.verify({ ...message!, body: message!.body.replace('wiki', 'wild') }, webhook.secret)).toThrow('No matching signature found')
    expect(message!.headers).toMatchObject({ 'content-type': 'application/json', 'webhook-id': expect.stringMatching(/^msg_[0-9a-f]{32}$/) })
  })

  it('is signed with both secrets for a day after one was replaced, then with the new one alone', async () => {
    const { body } = await plugboard.send<{ secret: string; previousUntil: string }>('POST', `/api/webhooks/${webhook.id}/rotate-secret`)
    const sendTest = () => plugboard.send('POST', `/api/webhooks/${webhook.id}/test`)
    await sendTest()
    const both = receiver.messages.at(-1)!
    expect([receiver.verify(both, webhook.secret), receiver.verify(both, body.secret)]).toMatchObject([{ type: 'webhook.test' }, { type: 'webhook.test' }])
    expect(Date.parse(body.previousUntil) - plugboard.house.now()).toBe(DAY_MS)
    plugboard.advance(DAY_MS)
    await sendTest()
    plugboard.advance(-DAY_MS)
    expect(String(receiver.messages.at(-1)!.headers['webhook-signature']).split(' ')).toHaveLength(1)
  })

  it('names no link to sign in with and no secret of the connection', async () => {
    upstream.set({ oauthChallenge: { resourceMetadata: 'https://nowhere.invalid/' } })
    await connect('asks', { mcpUrl: `${upstream.url.href}?token=s3cret`, headers: { 'x-key': 's3cret' } })
    upstream.set({ oauthChallenge: null })
    await deliver()
    expect(receiver.types()).toEqual(['connection.created', 'connection.auth_required'])
    expect(receiver.messages.map(({ data }) => data.status)).toEqual([{ state: 'auth_required' }, { state: 'auth_required' }])
    expect(JSON.stringify(receiver.messages)).not.toMatch(/s3cret|setup/)
  })
})

describe('an endpoint', () => {
  it('hears what a connection goes through, in order', async () => {
    await connect('wiki')
    expect(await told()).toEqual(['connection.created', 'connection.connected'])
    upstream.set({ html: true })
    const check = () => plugboard.send('POST', `/${namespace}/wiki/.check`)
    await check()
    expect(await told()).toEqual(['connection.error'])
    expect(receiver.messages[0]!.data).toMatchObject({ status: { state: 'error', message: expect.any(String) }, previousStatus: { state: 'connected' } })
    await check()
    expect(await told()).toEqual([])
    upstream.set({ html: false })
    await check()
    expect(await told()).toEqual(['connection.recovered'])
    await plugboard.send('DELETE', `/${namespace}/wiki`)
    expect(await told()).toEqual(['connection.deleted'])
  })

  it('hears that a server offers other tools once they are listed, also by a check, and nothing of the first list', async () => {
    await connect('wiki')
    const list = () => plugboard.send('GET', `/${namespace}/wiki/.tools`)
    await list()
    await list()
    expect(await told()).toEqual(['connection.created', 'connection.connected'])
    upstream.set({ extraTools: [{ name: 'new', inputSchema: { type: 'object' } }] })
    await list()
    await list()
    expect(await told()).toEqual(['connection.tools_changed'])
    upstream.set({ extraTools: [] })
    await plugboard.send('POST', `/${namespace}/wiki/.check`)
    expect(await told()).toEqual(['connection.tools_changed'])
  })

  it('hears of a removal when it can no longer be undone', async () => {
    await connect('wiki')
    await connect('blog')
    await told()
    for (const connectionId of ['wiki', 'blog']) await plugboard.send('POST', '/trpc/connections.remove', { namespace, connectionId })
    await plugboard.send('POST', '/trpc/connections.undoRemove', { namespace, connectionId: 'blog' })
    expect(await told()).toEqual([])
    plugboard.advance(10 * SECOND_MS)
    await plugboard.services.ticks.runAll()
    expect(receiver.messages.map(({ type, data }) => [type, data.connectionId])).toEqual([['connection.deleted', 'wiki']])
  })

  it('is nothing that a service token may see or make, whatever its policy says', async () => {
    const { token } = await mintServiceToken(plugboard)
    const asked = [
      await plugboard.send('GET', `/api/webhooks?namespace=${namespace}`, undefined, bearer(token)),
      await plugboard.send('POST', '/api/webhooks', { namespace, url: receiver.url }, bearer(token)),
      await plugboard.send('POST', `/api/webhooks/${webhook.id}/rotate-secret`, undefined, bearer(token)),
    ]
    expect(asked.map(({ status }) => status)).toEqual([403, 403, 403])
  })

  it('hears only what it asked for, of its own namespace, while it is switched on', async () => {
    await makeWebhook({ url: `${receiver.url}/errors`, events: ['connection.error'] })
    await plugboard.send('PUT', `/api/webhooks/${webhook.id}`, { enabled: false })
    await plugboard.send('PUT', '/namespaces/elsewhere')
    await plugboard.send('PUT', '/elsewhere/wiki', { mcpUrl: upstream.url.href })
    await connect('works')
    upstream.set({ html: true })
    await connect('fails')
    expect(await told()).toEqual(['connection.error'])
    expect(receiver.messages[0]).toMatchObject({ path: '/hooks/errors', data: { connectionId: 'fails' } })
    await plugboard.send('PUT', `/api/webhooks/${webhook.id}`, { enabled: true })
    expect(await told()).toEqual([])
  })
})
