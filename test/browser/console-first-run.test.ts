// From a first start to a tool's result, by nothing but what the pages say.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { launchBrowser } from '../support/browser.ts'
import { type RealUpstream, startRealUpstream } from '../support/real-upstream.ts'
import { settled } from '../support/settled-page.ts'
import { OWNER, startUnownedConsole } from '../support/start-console.ts'
import type { RunningPlugboard } from '../support/start-plugboard.ts'
import { watchPage } from '../support/watch-page.ts'

let browser: Browser
let everything: RealUpstream
let plugboard: RunningPlugboard
let page: Page

beforeAll(async () => {
  browser = await launchBrowser()
  everything = await startRealUpstream('everything')
})
afterAll(async () => {
  await browser?.close()
  await everything?.stop()
})
beforeEach(async () => {
  plugboard = await startUnownedConsole()
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } })
  page = await context.newPage()
  page.setDefaultTimeout(8000)
  return async () => {
    await context.close()
    await plugboard.stop()
  }
})

async function introduce(setupCode: string) {
  for (const [label, value] of [
    ['Setup code', setupCode],
    ['Organization', OWNER.organization],
    ['Your name', OWNER.name],
    ['Email', OWNER.email],
  ] as const) {
    await page.getByLabel(label).fill(value)
  }
  await page.getByLabel('Password', { exact: true }).fill(OWNER.password)
  await page.getByRole('button', { name: 'Create owner and API key' }).click()
}

describe('the first run', () => {
  it('goes from the start page to the result of a tool', async () => {
    const watch = watchPage(page, plugboard.url, [400])
    await page.goto(plugboard.url)
    await settled(page)
    await page.getByRole('link', { name: 'Finish setting up' }).first().click()
    await page.waitForURL('**/welcome')
    await introduce('a guess')
    await page.getByText('is not the code in the log').first().waitFor()
    await introduce(await readFile(join(plugboard.house.config.dataDir, 'setup-code'), 'utf8'))
    await page.getByRole('heading', { name: 'Plugboard is yours' }).waitFor()
    expect(await page.locator('main').innerText()).toMatch(/plug_\w{20,}/)

    await page.getByRole('link', { name: 'Add connection' }).click()
    await page.getByLabel('Server URL').fill(everything.url.href)
    await page.getByRole('button', { name: 'Save connection' }).click()
    await page.getByText('Connection added').waitFor()
    await page.getByRole('link', { name: 'Open in playground' }).click()
    await page.getByRole('link', { name: /^echo/ }).click()
    await page.getByRole('textbox', { name: /message/i }).fill('the first result')
    await page.getByRole('button', { name: 'Run' }).click()
    await page.getByText('Echo: the first result').waitFor()
    expect(await watch.complaints()).toEqual([])
  })

  it('happens once: with an owner, its page is gone', async () => {
    await page.goto(`${plugboard.url}/welcome`)
    await settled(page)
    await introduce(await readFile(join(plugboard.house.config.dataDir, 'setup-code'), 'utf8'))
    await page.getByRole('heading', { name: 'Plugboard is yours' }).waitFor()
    expect((await page.goto(`${plugboard.url}/welcome`))!.status()).toBe(404)
  })
})
