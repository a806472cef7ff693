// A tool called by hand, in a real browser: what is typed is what is sent, and what comes back is only shown.
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { type OpenedConsole, openConsole } from '../support/console-browser.ts'
import { launchBrowser } from '../support/browser.ts'
import { type FixtureUpstream, startFixtureUpstream } from '../support/fixture-upstream.ts'
import { type RealUpstream, startRealUpstream } from '../support/real-upstream.ts'
import { type RunningConsole, startConsole } from '../support/start-console.ts'

let browser: Browser
let house: RunningConsole
let upstream: RealUpstream
let fixture: FixtureUpstream
let opened: OpenedConsole

beforeAll(async () => {
  browser = await launchBrowser()
  house = await startConsole()
  upstream = await startRealUpstream('everything')
  fixture = await startFixtureUpstream({ sse: true })
  await house.send('PUT', `/connect/${house.namespace}/everything`, { mcpUrl: upstream.url })
  await house.send('PUT', `/connect/${house.namespace}/fixture`, { mcpUrl: fixture.url })
})
afterAll(async () => {
  await browser?.close()
  await upstream?.stop()
  await fixture?.stop()
  await house?.stop()
})
beforeEach(async () => {
  opened = await openConsole(browser, house)
  return () => opened.close()
})

const playground = (tool: string, connection = 'everything') => `/playground?connection=${connection}&tool=${tool}`
const run = () => opened.page.getByRole('button', { name: 'Run', exact: true }).click()
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
  await run()
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
  await run()
  await resultCard().getByText('The sum of 1 and 2 is 3.').waitFor()
})

it('an image is shown, and its address is its data', async () => {
  const { open } = opened
  await open(playground('get-tiny-image'))
  await run()
  const image = resultCard().getByRole('img')
  await image.waitFor()
  expect(await image.getAttribute('src')).toMatch(/^data:image\/png;base64,/)
  expect(await image.evaluate((element) => (element as HTMLImageElement).naturalWidth)).toBeGreaterThan(0)
})

it('what a running tool says is shown while it runs', async () => {
  const { page, open } = opened
  await open(playground('trigger-long-running-operation'))
  // Longer than the test: only the first steps are waited for.
  await page.getByLabel(/^duration/).fill('120')
  await page.getByLabel(/^steps/).fill('240')
  await run()
  await resultCard().getByText(/^[1-9]\d* of 240$/).waitFor()
  await page.getByRole('tab', { name: /^Messages/ }).click()
  await resultCard().getByText('"notifications/progress"').first().waitFor()
  expect(await resultCard().innerText()).toContain('Running')
  await page.getByRole('button', { name: 'Cancel' }).click()
  await resultCard().getByText('Cancelled', { exact: true }).first().waitFor()
})

it('the messages are those of the wire, a long one by choice in whole', async () => {
  const { page, open } = opened
  await open(playground('progress', 'fixture'))
  await page.getByLabel(/^steps/).fill('2')
  await run()
  await page.getByRole('tab', { name: 'Messages (4)' }).click()
  const shown = (await resultCard().locator('pre').allInnerTexts()).map((text) => JSON.parse(text) as Record<string, unknown>)
  expect(shown).toMatchObject([{ method: 'tools/call', params: { name: 'progress' } }, { params: { progress: 1 } }, { params: { progress: 2 } }, { result: {} }])

  await open(playground('echo', 'fixture'))
  await page.getByLabel(/^text/).fill('x'.repeat(30_000))
  await run()
  await page.getByRole('tab', { name: 'Messages (2)' }).click()
  const showAll = resultCard().getByRole('button', { name: 'Show all' })
  const sent = resultCard().locator('pre').first()
  expect((await sent.innerText()).length).toBeLessThan(25_000)
  await showAll.first().click()
  expect((await sent.innerText()).length).toBeGreaterThan(30_000)
})

it('who cancels is told so, and so is the server', async () => {
  const { page, open } = opened
  await open(playground('slow', 'fixture'))
  await run()
  await fixture.request(({ message }) => message?.method === 'tools/call' && message.params?.name === 'slow')
  await page.getByRole('button', { name: 'Cancel' }).click()
  await resultCard().getByText('You cancelled the call').waitFor()
  await fixture.request(({ message }) => message?.method === 'notifications/cancelled')
  expect(await page.getByRole('button', { name: 'Run', exact: true }).count()).toBe(1)
})

it('a tool that fails and a server that does not speak MCP are told apart', async () => {
  const { page, open } = opened
  await open(playground('fail', 'fixture'))
  await run()
  await resultCard().getByText('The tool says that it failed').waitFor()
  fixture.set({ html: true })
  await run()
  await resultCard().getByRole('alert').waitFor()
  fixture.set({ html: false })
  expect(await resultCard().innerText()).not.toContain('The tool says')
  await page.getByRole('button', { name: /^fail .*Tool error/ }).click()
  await resultCard().getByText('The tool says that it failed').waitFor()
})

it('what was typed waits while another tool is looked at', async () => {
  const { page, open } = opened
  await open(playground('echo'))
  await page.getByLabel(/^message/).fill('not sent yet')
  await page.getByRole('link', { name: /^get-sum/ }).click()
  await page.getByLabel(/^a /).waitFor()
  await page.getByRole('link', { name: /^echo/ }).click()
  await page.getByLabel(/^message/).waitFor()
  expect(await page.getByLabel(/^message/).inputValue()).toBe('not sent yet')
})

it('without scripts a tool is called by a plain form', async () => {
  const plain = await openConsole(browser, house, { javaScriptEnabled: false })
  await plain.page.goto(`${house.url}/app/${house.namespace}${playground('echo')}`)
  await plain.page.getByRole('textbox', { name: 'Arguments' }).fill('{"message": "by hand"}')
  await plain.page.getByRole('button', { name: 'Run', exact: true }).click()
  expect(await plain.page.locator('pre').allInnerTexts()).toEqual(['Echo: by hand'])
  await plain.close()
})
