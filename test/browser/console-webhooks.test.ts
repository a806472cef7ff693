// An endpoint by hand: added after a mistake, tested, its deliveries read and replayed, its secret replaced, and deleted.
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { launchBrowser } from '../support/browser.ts'
import { type OpenedConsole, openConsole } from '../support/console-browser.ts'
import { type FixtureUpstream, startFixtureUpstream } from '../support/fixture-upstream.ts'
import { type RunningConsole, startConsole } from '../support/start-console.ts'
import { startWebhookReceiver, type WebhookReceiver } from '../support/webhook-receiver.ts'

let browser: Browser
let upstream: FixtureUpstream
let receiver: WebhookReceiver
let house: RunningConsole
let page: Page
let open: OpenedConsole['open']

beforeAll(async () => {
  ;[browser, upstream, receiver] = await Promise.all([launchBrowser(), startFixtureUpstream(), startWebhookReceiver()])
})
afterAll(async () => {
  await browser?.close()
  await Promise.all([upstream, receiver].map((each) => each?.stop()))
})
beforeEach(async () => {
  receiver.messages.length = 0
  receiver.answerWith((_message, res) => void res.writeHead(204).end())
  house = await startConsole({ environment: { EGRESS_ALLOW: receiver.host } })
  const opened = await openConsole(browser, house)
  ;({ page, open } = opened)
  return async () => {
    await opened.close()
    await house.stop()
  }
})

const makeWebhook = () => house.asOwner.webhooks.create({ namespace: house.namespace, url: receiver.url })
const deliver = () => house.plugboard.services.deliverer.deliverDue()
const button = (name: string | RegExp) => page.getByRole('button', { name })

it('an endpoint is added after a mistake, shows its secret once, and a test arrives', async () => {
  await open('/webhooks')
  await page.getByText(/new Webhook\(/).waitFor()
  await page.getByRole('link', { name: 'Add endpoint' }).click()
  await page.getByLabel('Endpoint URL').fill('http://example.com/hooks')
  await page.getByLabel('created').uncheck()
  await button('Add endpoint').click()
  await page.getByText('Must be https').waitFor()
  expect(await page.getByLabel('created').isChecked()).toBe(false)
  await page.getByLabel('Endpoint URL').fill(receiver.url)
  await button('Add endpoint').click()
  const secret = await page.getByText(/^whsec_/).textContent()
  await page.getByRole('link', { name: /first test/ }).click()
  await button('Send test').click()
  await page.getByText('The test arrived').waitFor()
  expect(receiver.types()).toEqual(['webhook.test'])
  const [webhook] = (await house.asOwner.webhooks.list({ namespace: house.namespace })).webhooks
  expect(webhook!.events).not.toContain('connection.created')
  await open(`/webhooks/${webhook!.id}/settings`)
  expect(await page.content()).not.toContain(secret)
})

it('what was sent can be read, and sent again', async () => {
  const { id } = await makeWebhook()
  await house.send('PUT', `/connect/${house.namespace}/wiki`, { mcpUrl: upstream.url.href })
  await deliver()
  await open(`/webhooks/${id}`)
  await page.getByRole('link', { name: 'connection.created' }).click()
  await page.getByText('"connectionId": "wiki"').waitFor()
  await button(/Replay connection.created/).click()
  await page.getByText('It is sent again').waitFor()
  await deliver()
  const [first, , again] = receiver.messages
  expect([again!.id, again!.body]).toEqual([first!.id, first!.body])
})

it('what does not arrive says so, and an endpoint that was switched off is switched on again', async () => {
  receiver.answerWith((_message, res) => void res.writeHead(410).end())
  const { id } = await makeWebhook()
  await house.send('PUT', `/connect/${house.namespace}/wiki`, { mcpUrl: upstream.url.href })
  await deliver()
  await open(`/webhooks/${id}`)
  await page.getByText('The receiver answered 410 Gone').waitFor()
  await button('Send test').click()
  await page.getByText('The test did not arrive').waitFor()
  await button('Switch on').click()
  await page.getByText('The endpoint is switched on').first().waitFor()
  expect(await house.asOwner.webhooks.get({ webhookId: id })).toMatchObject({ enabled: true })
})

it('a secret is replaced and an endpoint deleted after a second look', async () => {
  const { id } = await makeWebhook()
  await open(`/webhooks/${id}/settings`)
  await button('Rotate the signing secret').click()
  await button('Rotate secret').click()
  await page.getByText(/^whsec_/).waitFor()
  await button('Delete this endpoint').click()
  await button('Delete endpoint').click()
  await page.getByText('The endpoint is deleted').waitFor()
  expect((await house.asOwner.webhooks.list({ namespace: house.namespace })).webhooks).toEqual([])
})
