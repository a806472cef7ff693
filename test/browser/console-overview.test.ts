// The overview in a real browser: charts by pointer and by keyboard, ranges, and the ways on.
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { launchBrowser } from '../support/browser.ts'
import { type OpenedConsole, openConsole } from '../support/console-browser.ts'
import { type FixtureUpstream, startFixtureUpstream } from '../support/fixture-upstream.ts'
import { type RunningConsole, startConsole } from '../support/start-console.ts'

let browser: Browser
let house: RunningConsole
let upstream: FixtureUpstream
let page: Page
let open: OpenedConsole['open']

beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser?.close())
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

const connect = (id: string, mcpUrl = upstream.url.href) => house.send('PUT', `/connect/${house.namespace}/${id}`, { mcpUrl })

async function callTools(...tools: string[]) {
  for (const tool of tools) await house.send('POST', `/connect/${house.namespace}/works/.tools/${tool}`, {})
  await house.plugboard.house.usage.flush()
}

describe('the overview', () => {
  it('of an empty namespace teaches the line that connects a server to it', async () => {
    await open()
    const line = await page.locator('pre').innerText()
    expect(line).toContain(`${house.url}/connect/${house.namespace}/`)
    await page.getByRole('link', { name: 'Add connection' }).last().click()
    await page.waitForURL('**/connections/new')
  })

  it('before the first call teaches a line that can be pasted, for a connection that is there', async () => {
    await connect('works')
    await open()
    expect(await page.getByRole('heading', { name: 'No calls in the last 24 hours' }).isVisible()).toBe(true)
    expect(await page.locator('pre').innerText()).toContain(`${house.url}/connect/${house.namespace}/works/.tools`)
  })

  it('tells each step of its charts to the pointer and to the arrow keys', async () => {
    await connect('works')
    await callTools('echo', 'echo', 'fail')
    await open('?range=1h')
    const calls = page.getByRole('slider', { name: 'Calls over time' })
    await calls.hover({ position: { x: 5, y: 20 } })
    expect(await calls.getAttribute('aria-valuetext')).toMatch(/: 0 calls, 0 errors$/)
    await page.mouse.move(0, 0)
    await calls.focus()
    await page.keyboard.press('Home')
    await page.keyboard.press('End')
    expect(await calls.getAttribute('aria-valuetext')).toMatch(/: 3 calls, 1 errors?$/)
    expect(await page.getByText('3', { exact: true }).count()).toBeGreaterThan(0)
  })

  it('keeps its range in the address', async () => {
    await connect('works')
    await callTools('echo')
    await open()
    await page.getByRole('link', { name: '7 d' }).click()
    await page.waitForURL('**?range=7d')
    await page.reload()
    expect(await page.getByRole('link', { name: '7 d' }).getAttribute('aria-current')).toBe('true')
  })

  it('lists what needs attention, asks such a server again, and leads to all in one state', async () => {
    const dead = await startFixtureUpstream({ html: true, on: ['initialize', 'server/discover'] })
    try {
      await connect('works')
      await connect('broken', dead.url.href)
      await open()
      await page.getByRole('link', { name: 'broken', exact: true }).waitFor()
      dead.set({ html: false })
      await page.getByRole('button', { name: 'Check again: broken' }).click()
      await page.getByText('Nothing: every connection answered when it was last checked.').waitFor()
      await page.getByRole('link', { name: /^Connected/ }).click()
      await page.waitForURL('**/connections?state=connected')
      expect(await page.getByLabel('Status', { exact: true }).inputValue()).toBe('connected')
    } finally {
      await dead.stop()
    }
  })
})
