// What a connection went through, as a person reads it: the step that failed first, the names of what was sent, no value, and
// news as they come.
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import type { ConnectionView } from '../../server/connections/connection-view.ts'
import { SECOND_MS } from '../../server/lib/units.ts'
import { launchBrowser } from '../support/browser.ts'
import { findCanaries } from '../support/canary.ts'
import { openConsole } from '../support/console-browser.ts'
import { findAxeProblems } from '../support/find-axe-problems.ts'
import { type HostileAuthorizationServer, startHostileAuthorizationServer } from '../support/hostile-authorization-server.ts'
import { beginConsent, consentTo } from '../support/oauth-connection.ts'
import { type ProtectedUpstream, startProtectedUpstream } from '../support/protected-upstream.ts'
import { type RunningConsole, startConsole } from '../support/start-console.ts'

let browser: Browser
let authorization: HostileAuthorizationServer
let upstream: ProtectedUpstream
let house: RunningConsole

beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser?.close())
beforeEach(async () => {
  authorization = await startHostileAuthorizationServer()
  upstream = await startProtectedUpstream({ issuer: authorization.issuer, introspect: authorization.introspect })
  house = await startConsole()
  return async () => {
    await Promise.all(browser.contexts().map((context) => context.close()))
    await house.stop()
    await upstream.close()
    await authorization.close()
  }
})

const connect = async () => (await house.send('PUT', `/${house.namespace}/wiki`, { mcpUrl: upstream.url })).body as unknown as ConnectionView
async function openTimeline({ javaScriptEnabled = true } = {}): Promise<Page> {
  const { page, open } = await openConsole(browser, house, { javaScriptEnabled })
  const path = '/connections/wiki/timeline'
  // Without scripts nothing takes the page over that could be waited for.
  await (javaScriptEnabled ? open(path) : page.goto(`${house.url}/app/${house.namespace}${path}`))
  return page
}

it('a sign-in that failed lies open, with the step, the rule and the code', async () => {
  const view = await connect()
  authorization.set({ document: { issuer: 'https://evil.example' } })
  await beginConsent(house.plugboard.house, view).catch(() => undefined)
  const page = await openTimeline()
  const shown = await page.locator('details[open]').first().innerText()
  for (const part of ['Sign-in failed', 'Issuer metadata', 'RFC 8414 §3.3', 'oauth.issuer_mismatch']) expect(shown).toContain(part)
  expect(await findAxeProblems(page)).toEqual([])
})

it.each([true, false])('a sign-in that went well can be opened down to the names of what was sent, and shows no value (scripts: %s)', async (javaScriptEnabled) => {
  await consentTo(house.plugboard.house, await connect())
  const page = await openTimeline({ javaScriptEnabled })
  await page.locator('summary', { hasText: 'Sign-in' }).click()
  await page.locator('summary', { hasText: `POST ${authorization.issuer}/token` }).click()
  const shown = await page.locator('main').innerText()
  for (const part of ['code_verifier', 'refresh_token', 'RFC 6749 §4.1.3']) expect(shown).toContain(part)
  expect(authorization.issued.length).toBe(4)
  expect(findCanaries(await page.content(), authorization.issued)).toEqual([])
})

it('a renewal appears on a page that is open, and closes nothing that was opened', async () => {
  await consentTo(house.plugboard.house, await connect())
  const page = await openTimeline()
  await page.getByText('Live', { exact: true }).waitFor()
  await page.locator('summary', { hasText: 'Sign-in' }).click()
  house.plugboard.advance(301 * SECOND_MS)
  await house.send('POST', `/${house.namespace}/wiki/.tools/echo`, { message: 'hello' })
  await page.locator('summary', { hasText: 'Renewal' }).waitFor()
  expect(await page.locator('details[open] > summary', { hasText: 'Sign-in' }).count()).toBe(1)
})
