// Tools called by hand, at the server that the MCP project offers for that: text, an image, an error, progress.
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { launchBrowser } from '../support/browser.ts'
import { type OpenedConsole, openConsole } from '../support/console-browser.ts'
import { type RealUpstream, startRealUpstream } from '../support/real-upstream.ts'
import { type RunningConsole, startConsole } from '../support/start-console.ts'
import { type PageWatch, watchPage } from '../support/watch-page.ts'

let browser: Browser
let everything: RealUpstream
let house: RunningConsole
let page: Page
let open: OpenedConsole['open']
let watch: PageWatch

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
  await house.send('PUT', `/connect/${house.namespace}/everything`, { mcpUrl: everything.url.href })
  const opened = await openConsole(browser, house)
  ;({ page, open } = opened)
  watch = watchPage(page, house.url)
  return async () => {
    await opened.close()
    await house.stop()
  }
})

const openTool = (tool: string) => open(`/playground?connection=everything&tool=${tool}`)
const run = () => page.getByRole('button', { name: 'Run', exact: true }).click()

describe('a tool in the playground', () => {
  it('answers what was typed into its form', async () => {
    await openTool('echo')
    await page.getByRole('textbox', { name: /message/i }).fill('hello from a form')
    await run()
    await page.getByText('Echo: hello from a form').waitFor()
    expect(await watch.complaints()).toEqual([])
  })

  it('shows an image as an image', async () => {
    await openTool('get-tiny-image')
    await run()
    const image = page.getByRole('img', { name: /Part \d of the result/ })
    await image.waitFor()
    expect(await image.evaluate((element) => (element as HTMLImageElement).naturalWidth)).toBeGreaterThan(0)
    expect(await watch.complaints()).toEqual([])
  })

  it('that fails is told apart from a call that failed', async () => {
    await openTool('get-sum')
    await page.getByRole('tab', { name: 'JSON' }).click()
    // The editor, not the text area that is there until it has arrived.
    await page.getByRole('textbox', { name: 'Arguments' }).and(page.locator('[contenteditable]')).fill('{"a": "not a number"}')
    await run()
    await page.getByText(/Tool error|Failed/).first().waitFor()
    expect(await watch.complaints()).toEqual([])
  })

  it('tells how far it is while it runs', async () => {
    await openTool('trigger-long-running-operation')
    await page.getByRole('textbox', { name: /duration/i }).fill('2')
    await page.getByRole('textbox', { name: /steps/i }).fill('4')
    await run()
    await page.getByText('2 of 4').waitFor()
    await page.getByRole('progressbar', { name: 'Progress of the tool' }).waitFor({ state: 'attached' })
    await page.getByText(/Long running operation completed/).waitFor()
    expect(await watch.complaints()).toEqual([])
  })

  it('is left alone when its caller cancels', async () => {
    await openTool('trigger-long-running-operation')
    await page.getByRole('textbox', { name: /duration/i }).fill('60')
    await run()
    await page.getByRole('button', { name: 'Cancel' }).click()
    await page.getByText('You cancelled the call').waitFor()
    expect(await page.getByRole('button', { name: 'Run', exact: true }).isEnabled()).toBe(true)
  })
})
