// The doctor's page: a button, a sentence, and the way to mend it; also where no script runs.
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { launchBrowser } from '../support/browser.ts'
import { openConsole } from '../support/console-browser.ts'
import { findAxeProblems } from '../support/find-axe-problems.ts'
import { type FixtureUpstream, startFixtureUpstream } from '../support/fixture-upstream.ts'
import { type RunningConsole, startConsole } from '../support/start-console.ts'

let browser: Browser
let house: RunningConsole
let upstream: FixtureUpstream
beforeAll(async () => {
  ;[browser, house, upstream] = await Promise.all([launchBrowser(), startConsole(), startFixtureUpstream()])
  await house.send('PUT', `/connect/${house.namespace}/wiki`, { mcpUrl: upstream.url.href, headers: { 'x-key': 'stale' } })
}, 60_000)
afterAll(() => Promise.all([browser?.close(), house?.stop(), upstream?.stop()]))

const REFUSED = 'The server refuses the credential of this connection (HTTP 401).'

it.each([
  ['with scripts', true],
  ['without scripts', false],
])('one press says what is wrong, with a link to where it is mended: %s', async (_how, javaScriptEnabled) => {
  upstream.set({ apiKey: { in: 'header', name: 'x-key', value: 'fresh' } })
  const { page, close } = await openConsole(browser, house, { javaScriptEnabled })
  await page.goto(`${house.url}/app/${house.namespace}/connections/wiki`)
  await page.getByRole('link', { name: 'Doctor', exact: true }).click()
  const before = upstream.requests.length
  await page.getByRole('button', { name: 'Examine' }).click()
  await page.getByRole('alert').getByText(REFUSED).waitFor()
  expect(upstream.requests.length).toBeGreaterThan(before)
  expect(await page.getByRole('region', { name: 'What was looked at' }).getByRole('heading', { level: 3 }).allTextContents()).toContain('MCP handshake')
  expect(javaScriptEnabled ? await findAxeProblems(page) : []).toEqual([])
  await page.getByRole('link', { name: 'Edit this connection' }).click()
  await page.waitForURL(/\/connections\/wiki\/edit$/)
  await close()
})

it('a server that works is told to work, and opening the page asks it nothing', async () => {
  upstream.set({ apiKey: null, upstreamHeaders: { date: new Date(house.plugboard.house.now()).toUTCString() } })
  const { page, open, close } = await openConsole(browser, house)
  const before = upstream.requests.length
  await open('/connections/wiki/doctor')
  expect(upstream.requests).toHaveLength(before)
  await page.getByRole('button', { name: 'Examine' }).click()
  await page.getByRole('status').getByText('Everything that was looked at is in order.').waitFor()
  await close()
})
