// Two Plugboards on one libSQL server tell of each event once, and one takes up what the other left. (A stand-in speaks the
// libSQL server's protocol.)
import { afterEach, beforeEach, expect, it } from 'vitest'
import { SECOND_MS } from '../../server/lib/units.ts'
import { LEASE_MS } from '../../server/webhooks/deliverer.ts'
import type { CreatedWebhookView, DeliveryPage } from '../../server/webhooks/webhook-view.ts'
import { type FixtureUpstream, startFixtureUpstream } from '../support/fixture-upstream.ts'
import { createGate } from '../support/gate.ts'
import { type SharedDatabase, startSharedDatabase } from '../support/shared-database.ts'
import { type RunningPlugboard, startPlugboard } from '../support/start-plugboard.ts'
import { startWebhookReceiver, type WebhookReceiver } from '../support/webhook-receiver.ts'

let database: SharedDatabase
let upstream: FixtureUpstream
let receiver: WebhookReceiver
let left: RunningPlugboard
let right: RunningPlugboard
let webhook: CreatedWebhookView

beforeEach(async () => {
  ;[database, upstream, receiver] = await Promise.all([startSharedDatabase(), startFixtureUpstream(), startWebhookReceiver()])
  const environment = { ...database.environment, EGRESS_ALLOW: receiver.host }
  left = await startPlugboard({ environment })
  right = await startPlugboard({ environment })
  await left.send('PUT', '/namespaces/shop')
  const wanted = { namespace: 'shop', url: receiver.url, events: ['connection.created'] }
  webhook = (await left.send<CreatedWebhookView>('POST', '/api/webhooks', wanted)).body
})
afterEach(async () => {
  await Promise.all([left, right, upstream, receiver].map((each) => each?.stop()))
  await database?.close()
})

const happen = (id: string) => left.send('PUT', `/shop/${id}`, { mcpUrl: upstream.url.href })
const deliver = (at: RunningPlugboard) => at.services.deliverer.deliverDue()
const told = () => receiver.messages.map(({ data }) => data.connectionId)
const deliveries = async () => (await left.send<DeliveryPage>('GET', `/api/webhooks/${webhook.id}/deliveries`)).body.deliveries
/** Both measure how far the database's clock is from theirs, and differ by milliseconds. */
const letClocksPass = () => [left, right].forEach((each) => each.advance(SECOND_MS))

it('two that look at the same time tell of each event once, in order', async () => {
  const ids = Array.from({ length: 12 }, (_, index) => `it-${index}`)
  for (const id of ids) await happen(id)
  letClocksPass()
  await Promise.all([deliver(left), deliver(right), deliver(left), deliver(right)])
  expect(told()).toEqual(ids)
  expect((await deliveries()).every(({ state, attempts }) => state === 'delivered' && attempts === 1)).toBe(true)
})

it('what one did not deliver before it ended, the other does', async () => {
  await happen('wiki')
  letClocksPass()
  await left.stop()
  await deliver(right)
  expect(told()).toEqual(['wiki'])
})

it('what one was delivering when it fell silent, the other delivers under the same id, and a late answer changes nothing', async () => {
  const gate = createGate()
  receiver.answerWith(async (_message, res) => {
    await gate.opened
    res.writeHead(500).end()
  })
  await happen('wiki')
  letClocksPass()
  const late = deliver(left)
  await receiver.arrival(1)
  await deliver(right)
  expect(receiver.messages).toHaveLength(1)
  receiver.answerWith((_message, res) => void res.writeHead(204).end())
  right.advance(LEASE_MS)
  await deliver(right)
  gate.open()
  await late
  expect(new Set(receiver.messages.map(({ id }) => id)).size).toBe(1)
  expect(receiver.messages).toHaveLength(2)
  expect(await deliveries()).toMatchObject([{ state: 'delivered', attempts: 1, lastStatus: 204 }])
})
