// A connection that signs in by itself, made and mended by hand.
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { launchBrowser } from '../support/browser.ts'
import { type OpenedConsole, openConsole } from '../support/console-browser.ts'
import { type OAuthProvider, startOAuthProvider } from '../support/oauth-provider.ts'
import { type ProtectedUpstream, startProtectedUpstream } from '../support/protected-upstream.ts'
import { type RunningConsole, startConsole } from '../support/start-console.ts'

const SECRET = 'the-secret-of-a-machine'

let browser: Browser
let provider: OAuthProvider
let upstream: ProtectedUpstream
let house: RunningConsole
let page: Page
let open: OpenedConsole['open']

beforeAll(async () => {
  browser = await launchBrowser()
  provider = await startOAuthProvider({ machines: [{ client_id: 'machine', client_secret: SECRET, token_endpoint_auth_method: 'client_secret_basic' }] })
  upstream = await startProtectedUpstream(provider)
})
afterAll(async () => {
  await browser?.close()
  await upstream?.close()
  await provider?.close()
})
beforeEach(async () => {
  house = await startConsole()
  const opened = await openConsole(browser, house)
  ;({ page, open } = opened)
  return async () => {
    await opened.close()
    await house.stop()
  }
})

const stored = async () => (await house.send('GET', `/connect/${house.namespace}/wiki`)).body
const secret = () => page.getByLabel('Client secret')

it('a client with a wrong secret is added, refused in words, and replaced by the right one', async () => {
  await open('/connections/new')
  await page.getByLabel('Server URL').fill(upstream.url)
  await page.getByLabel('Connection id').fill('wiki')
  expect(await page.getByLabel('Client ID').isVisible()).toBe(false)
  await page.getByLabel('By itself, with a client of its own').check()
  await page.getByRole('button', { name: 'Save connection' }).click()
  await page.getByText('Is missing', { exact: true }).waitFor()
  await page.getByLabel('Client ID').fill('machine')
  await secret().fill('wrong')
  await page.getByRole('button', { name: 'Save connection' }).click()
  await page.waitForURL('**/connections/wiki?added')
  await page.getByText('does not accept the client of this connection').first().waitFor()
  await page.getByText('By itself, with client credentials').waitFor()

  await open('/connections/wiki/edit')
  await page.getByLabel('Replace its client').check()
  await page.getByLabel('Client ID').fill('machine')
  await secret().fill(SECRET)
  await page.getByRole('button', { name: 'Save changes' }).click()
  await page.waitForURL('**/connections/wiki?saved')
  await page.getByText('Asked for again by itself').waitFor()
  expect(await page.getByRole('link', { name: 'Sign in again' }).count()).toBe(0)
  expect(await page.content()).not.toContain(SECRET)
  expect(await stored()).toMatchObject({ status: { state: 'connected' }, machineGrant: 'client_credentials' })
})
