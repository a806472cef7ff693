// Connections by hand: a wrong address first, then the right one; deleted and taken back; seen to change by themselves.
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { launchBrowser } from '../support/browser.ts'
import { type OpenedConsole, openConsole } from '../support/console-browser.ts'
import { type FixtureUpstream, startFixtureUpstream } from '../support/fixture-upstream.ts'
import { type RealUpstream, startRealUpstream } from '../support/real-upstream.ts'
import { type RunningConsole, startConsole } from '../support/start-console.ts'

let browser: Browser
let everything: RealUpstream
let upstream: FixtureUpstream
let house: RunningConsole
let page: Page
let open: OpenedConsole['open']

beforeAll(async () => {
  browser = await launchBrowser()
  everything = await startRealUpstream('everything')
})
afterAll(async () => {
  await browser?.close()
  await everything?.stop()
})
beforeEach(async () => {
  house = await startConsole()
  upstream = await startFixtureUpstream()
  const opened = await openConsole(browser, house)
  ;({ page, open } = opened)
  return async () => {
    await opened.close()
    await house.stop()
    await upstream.stop()
  }
})

const connect = (id: string) => house.send('PUT', `/connect/${house.namespace}/${id}`, { mcpUrl: upstream.url.href, name: id })
const stored = (id: string) => house.send('GET', `/connect/${house.namespace}/${id}`)

describe('adding a connection', () => {
  it('with a wrong address says on whose side it is, stores nothing, and takes the right one', async () => {
    await open('/connections/new')
    const address = page.getByLabel('Server URL')
    await address.fill(new URL('/nothing-here', everything.url).href)
    await page.getByLabel('Connection id').fill('everything')
    await page.getByRole('button', { name: 'Test' }).click()
    await page.getByText('This did not work').waitFor()
    expect((await stored('everything')).status).toBe(404)

    await address.fill(everything.url.href)
    await page.getByRole('button', { name: 'Test' }).click()
    await page.getByText(/answers$/).waitFor()
    await page.getByText('echo', { exact: true }).waitFor()
    await page.getByRole('button', { name: 'Save connection' }).click()
    await page.waitForURL('**/connections/everything?added')
    await page.getByText('Connection added').waitFor()
    expect((await stored('everything')).body.status).toEqual({ state: 'connected' })
  })

  it('says beside the field what is wrong with it', async () => {
    await open('/connections/new')
    await page.getByLabel('Server URL').fill('http://10.0.0.1/mcp')
    await page.getByRole('button', { name: 'Save connection' }).click()
    const field = page.getByLabel('Server URL')
    await page.locator('[name=mcpUrl][aria-invalid=true]').waitFor()
    const described = (await field.getAttribute('aria-describedby'))!.split(' ')
    const texts = await Promise.all(described.map((id) => page.locator(`[id="${id}"]`).innerText()))
    expect(texts.join(' ')).toMatch(/EGRESS_ALLOW|not allowed|private|https/i)
  })
})

describe('a deleted connection', () => {
  it('is gone at once and comes back with Undo', async () => {
    await connect('github')
    await open('/connections/github')
    await page.getByRole('link', { name: 'Delete' }).click()
    await page.waitForURL('**/connections')
    expect((await stored('github')).status).toBe(404)
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.waitForURL('**/connections/github')
    await page.getByText('github is back').waitFor()
    expect((await stored('github')).status).toBe(200)
  })
})

describe('a list that is open', () => {
  it('shows a new connection and a new status by itself', async () => {
    await connect('first')
    await open('/connections')
    await page.getByText('Live', { exact: true }).first().waitFor()
    await connect('second')
    await page.getByRole('link', { name: 'second', exact: true }).first().waitFor()
    upstream.set({ html: true, on: ['initialize', 'server/discover'] })
    await house.send('POST', `/connect/${house.namespace}/second/.check`)
    await page.getByRole('row', { name: /second.*Failing/ }).waitFor()
    expect(await page.getByRole('row', { name: /first.*Connected/ }).isVisible()).toBe(true)
  })
})
