// A tool called by hand, in a real browser: what is typed is what is sent, and what comes back is only shown.
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { type OpenedConsole, openConsole } from '../support/console-browser.ts'
import { launchBrowser } from '../support/browser.ts'
import { type RealUpstream, startRealUpstream } from '../support/real-upstream.ts'
import { type RunningConsole, startConsole } from '../support/start-console.ts'

let browser: Browser
let house: RunningConsole
let upstream: RealUpstream
let opened: OpenedConsole

beforeAll(async () => {
  browser = await launchBrowser()
  house = await startConsole()
  upstream = await startRealUpstream('everything')
  await house.send('PUT', `/connect/${house.namespace}/everything`, { mcpUrl: upstream.url })
})
afterAll(async () => {
  await browser?.close()
  await upstream?.stop()
  await house?.stop()
})
beforeEach(async () => {
  opened = await openConsole(browser, house)
  return () => opened.close()
})

const playground = (tool: string) => `/playground?connection=everything&tool=${tool}`
const resultCard = () => opened.page.getByRole('region', { name: 'Result', exact: true })

it('what is typed into the form is called by Ctrl and Enter, and can be called again from the list', async () => {
  const { page, open } = opened
  await open(playground('echo'))
  await page.getByLabel(/^message/).fill('<b>hello</b>')
  await page.keyboard.press('Control+Enter')
  await resultCard().getByText('Echo: <b>hello</b>').waitFor()
  await page.getByLabel(/^message/).fill('something else')
  await page.getByRole('button', { name: /^echo/ }).click()
  expect(await page.getByLabel(/^message/).inputValue()).toBe('<b>hello</b>')
})

it('what the schema does not allow is said beside its field, and nothing is sent', async () => {
  const { page, open } = opened
  await open(playground('get-sum'))
  await page.getByLabel(/^a /).fill('three')
  await page.getByRole('button', { name: 'Run', exact: true }).click()
  await page.getByText('Must be a number.').waitFor()
  expect(await page.getByLabel(/^a /).getAttribute('aria-invalid')).toBe('true')
  expect(await resultCard().innerText()).toContain('Nothing called yet')
})

it('the JSON editor says when it holds no JSON, and Esc, then Tab, leaves it', async () => {
  const { page, open } = opened
  await open(playground('get-sum'))
  await page.getByRole('tab', { name: 'JSON' }).click()
  const editor = page.getByRole('textbox', { name: 'Arguments' }).and(page.locator('[contenteditable]'))
  await editor.fill('{"a": 1')
  await page.getByText('This is not JSON yet.').waitFor()
  await editor.fill('{"a": 1, "b": 2}')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Tab')
  expect(await editor.evaluate((element) => element.contains(document.activeElement))).toBe(false)
  await page.getByRole('button', { name: 'Run', exact: true }).click()
  await resultCard().getByText('The sum of 1 and 2 is 3.').waitFor()
})

it('an image is shown, and its address is its data', async () => {
  const { page, open } = opened
  await open(playground('get-tiny-image'))
  await page.getByRole('button', { name: 'Run', exact: true }).click()
  const image = resultCard().getByRole('img')
  await image.waitFor()
  expect(await image.getAttribute('src')).toMatch(/^data:image\/png;base64,/)
  expect(await image.evaluate((element) => (element as HTMLImageElement).naturalWidth)).toBeGreaterThan(0)
})
