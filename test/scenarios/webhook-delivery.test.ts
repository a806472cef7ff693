// A message gets through in the end, or everybody can see why it did not.
import { sql } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { DAY_MS, HOUR_MS, SECOND_MS } from '../../server/lib/units.ts'
import { JITTER, RETRY_DELAYS_MS } from '../../server/webhooks/retry-schedule.ts'
import type { CreatedWebhookView, DeliveryPage, DeliveryView, WebhookView } from '../../server/webhooks/webhook-view.ts'
import { type FixtureUpstream, startFixtureUpstream } from '../support/fixture-upstream.ts'
import { createGate } from '../support/gate.ts'
import { type RunningPlugboard, startPlugboard } from '../support/start-plugboard.ts'
import { startWebhookReceiver, type WebhookReceiver } from '../support/webhook-receiver.ts'

let plugboard: RunningPlugboard
let upstream: FixtureUpstream
let receiver: WebhookReceiver
let webhook: CreatedWebhookView

beforeEach(async () => {
  ;[receiver, upstream] = await Promise.all([startWebhookReceiver(), startFixtureUpstream()])
  plugboard = await startPlugboard({ environment: { EGRESS_ALLOW: receiver.host } })
  await plugboard.send('PUT', '/namespaces/shop')
  webhook = await makeWebhook(receiver.url)
})
afterEach(() => Promise.all([plugboard, upstream, receiver].map((each) => each?.stop())))

const makeWebhook = async (url: string) =>
  (await plugboard.send<CreatedWebhookView>('POST', '/api/webhooks', { namespace: 'shop', url, events: ['connection.created'] })).body
const happen = (id = 'wiki') => plugboard.send('PUT', `/shop/${id}`, { mcpUrl: upstream.url.href })
const deliver = () => plugboard.services.deliverer.deliverDue()
const view = async ({ id } = webhook) => (await plugboard.send<WebhookView>('GET', `/api/webhooks/${id}`)).body
const deliveries = async ({ id } = webhook) => (await plugboard.send<DeliveryPage>('GET', `/api/webhooks/${id}/deliveries`)).body.deliveries
const answer = (status: number, headers = {}) => receiver.answerWith((_message, res) => void res.writeHead(status, headers).end())
const replay = (id: string) => plugboard.send<DeliveryView>('POST', `/api/webhooks/${webhook.id}/deliveries/${id}/replay`)

describe('a message that is not accepted', () => {
  it('is sent again at the times that Standard Webhooks recommends, under the same id, and then given up', async () => {
    answer(500)
    await happen()
    for (const [index, delay] of RETRY_DELAYS_MS.entries()) {
      await deliver()
      plugboard.advance(delay - 1)
      await deliver()
      expect(receiver.messages).toHaveLength(index + 1)
      plugboard.advance(delay * JITTER + 1)
    }
    await deliver()
    plugboard.advance(2 * DAY_MS)
    await deliver()
    expect(receiver.messages).toHaveLength(10)
    expect(new Set(receiver.messages.map(({ id }) => id)).size).toBe(1)
    expect(new Set(receiver.messages.map(({ headers }) => headers['webhook-timestamp'])).size).toBe(10)
    expect(await deliveries()).toMatchObject([{ id: receiver.messages[0]!.id, state: 'failed', attempts: 10, nextAttemptAt: null, lastStatus: 500 }])
  })

  it('is not followed to where a redirect points', async () => {
    answer(307, { location: `http://${receiver.host}/elsewhere` })
    await happen()
    await deliver()
    expect(receiver.messages.map(({ path }) => path)).toEqual(['/hooks'])
    expect(await deliveries()).toMatchObject([{ state: 'pending', attempts: 1, lastStatus: 307 }])
  })

  it('arrives when the receiver is back, and everything is well again', async () => {
    answer(503)
    await happen()
    await deliver()
    expect(await view()).toMatchObject({ enabled: true, failingSince: expect.any(String) })
    answer(200)
    plugboard.advance(6 * SECOND_MS)
    await deliver()
    expect(await deliveries()).toMatchObject([{ state: 'delivered', attempts: 2, lastStatus: 200 }])
    expect(await view()).toMatchObject({ failingSince: null })
  })
})

describe('an endpoint', () => {
  it('that says it is gone is told nothing more, until somebody switches it on', async () => {
    answer(410)
    await happen()
    await deliver()
    expect(await view()).toMatchObject({ enabled: false, disabledBecause: 'gone' })
    expect((await replay(receiver.messages[0]!.id)).body).toMatchObject({ code: 'webhook.disabled' })
    await happen('unheard')
    await plugboard.send('PUT', `/api/webhooks/${webhook.id}`, { enabled: true })
    answer(204)
    await happen('heard')
    await deliver()
    expect(receiver.messages.map(({ data }) => data.connectionId)).toEqual(['wiki', 'heard'])
  })

  it('that nothing has reached for five days is switched off, and gets what waits when it is switched on', async () => {
    answer(500)
    await happen()
    await deliver()
    plugboard.advance(5 * DAY_MS)
    await deliver()
    expect(await view()).toMatchObject({ enabled: false, disabledBecause: 'failing' })
    plugboard.advance(DAY_MS)
    await deliver()
    expect(receiver.messages).toHaveLength(2)
    answer(204)
    await plugboard.send('PUT', `/api/webhooks/${webhook.id}`, { enabled: true })
    await deliver()
    expect([receiver.messages.length, (await view()).failingSince]).toEqual([3, null])
  })

  it('that does not answer holds up nobody but itself', async () => {
    const gate = createGate()
    const quick = await makeWebhook(`${receiver.url}/quick`)
    receiver.answerWith(async ({ path }, res) => {
      if (path === '/hooks') await gate.opened
      res.writeHead(204).end()
    })
    await happen('first')
    await happen('second')
    const delivered = deliver()
    await receiver.arrival(3)
    const pathsBefore = receiver.messages.map(({ path }) => path).toSorted()
    gate.open()
    await delivered
    expect(pathsBefore).toEqual(['/hooks', '/hooks/quick', '/hooks/quick'])
    expect(receiver.messages).toHaveLength(4)
    expect(await deliveries(quick)).toMatchObject([{ state: 'delivered' }, { state: 'delivered' }])
  })

  it.each([
    ['loopback', 'https://127.0.0.1:1/hooks'],
    ['a private network', 'https://10.0.0.7/hooks'],
    ['a name that is this machine', 'https://localhost:1/hooks'],
    ['the metadata service of a cloud', 'https://169.254.169.254/hooks'],
  ])('at %s is not reached, and reads like one that is down', async (_where, url) => {
    const closed = await makeWebhook(url)
    const { body } = await plugboard.send('POST', `/api/webhooks/${closed.id}/test`)
    expect(body).toMatchObject({ state: 'failed', lastStatus: null, lastError: 'upstream.unreachable' })
  })

  it('that is not encrypted is refused, unless the operator listed it', async () => {
    for (const url of ['http://example.com/hooks', 'http://127.0.0.1:1/hooks', 'ftp://example.com/hooks', 'https://user:pass@example.com/', 'nonsense']) {
      const { status, body } = await plugboard.send('POST', '/api/webhooks', { namespace: 'shop', url })
      expect([url, status, (body.details as { field: string }).field]).toEqual([url, 400, 'url'])
    }
  })
})

describe('what has happened', () => {
  it('is due as before where the process stops in the middle of an attempt', async () => {
    receiver.answerWith(() => {})
    await happen('under-way')
    const delivered = deliver()
    await receiver.arrival(1)
    await happen('not-yet')
    // In the order of a stop.
    const stopped = plugboard.services.deliverer.stop()
    await plugboard.house.egress.close()
    await Promise.all([stopped, delivered])
    expect(await deliveries()).toMatchObject([{ state: 'pending', attempts: 0 }, { state: 'pending', attempts: 0 }])
  })

  it('is delivered again on request, under the id that it had', async () => {
    await happen()
    await deliver()
    const [first] = receiver.messages
    expect((await replay(first!.id)).body).toMatchObject({ id: first!.id, state: 'pending', attempts: 0 })
    await deliver()
    expect(receiver.messages.map(({ id, body }) => [id, body])).toEqual([[first!.id, first!.body], [first!.id, first!.body]])
    expect(await deliveries()).toMatchObject([{ state: 'delivered', attempts: 1 }])
  })

  it('is listed for thirty days, newest first, a page at a time', async () => {
    for (const id of ['a', 'b', 'c']) await happen(id)
    await deliver()
    const page = async (query: string) => (await plugboard.send<DeliveryPage>('GET', `/api/webhooks/${webhook.id}/deliveries?${query}`)).body
    const idsOf = ({ deliveries: listed }: DeliveryPage) => listed.map(({ payload }) => (payload.data as { connectionId: string }).connectionId)
    const first = await page('limit=2')
    const second = await page(`limit=2&cursor=${first.nextCursor}`)
    expect([idsOf(first), idsOf(second), second.nextCursor]).toEqual([['c', 'b'], ['a'], null])
    plugboard.advance(30 * DAY_MS + HOUR_MS)
    await plugboard.services.ticks.runAll()
    expect(await deliveries()).toEqual([])
  })

  it('is forgotten with its endpoint and with its namespace', async () => {
    const count = async () => {
      const { db } = plugboard.house
      return db.read(db.build.all(sql`SELECT (SELECT count(*) FROM webhook_endpoint), (SELECT count(*) FROM webhook_delivery)`))
    }
    const other = await makeWebhook(`${receiver.url}/other`)
    await happen()
    expect(await count()).toEqual([[2, 2]])
    await plugboard.send('DELETE', `/api/webhooks/${other.id}`)
    expect(await count()).toEqual([[1, 1]])
    await plugboard.send('DELETE', '/namespaces/shop')
    expect(await count()).toEqual([[0, 0]])
    await deliver()
    expect(receiver.messages).toEqual([])
  })
})
