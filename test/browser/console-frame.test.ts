// What stands around every page of the console: theme, command menu, shortcuts, and that a keyboard is enough.
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { launchBrowser } from '../support/browser.ts'
import { type OpenedConsole, openConsole } from '../support/console-browser.ts'
import { type FixtureUpstream, startFixtureUpstream } from '../support/fixture-upstream.ts'
import { settled } from '../support/settled-page.ts'
import { OWNER, type RunningConsole, startConsole } from '../support/start-console.ts'

let browser: Browser
let upstream: FixtureUpstream
let house: RunningConsole
let page: Page
let open: OpenedConsole['open']

beforeAll(async () => {
  browser = await launchBrowser()
  upstream = await startFixtureUpstream()
})
afterAll(async () => {
  await browser?.close()
  await upstream?.stop()
})
beforeEach(async () => {
  house = await startConsole()
  await house.send('PUT', `/connect/${house.namespace}/github`, { mcpUrl: upstream.url.href, name: 'GitHub of Ada' })
  const opened = await openConsole(browser, house, { colorScheme: 'light' })
  ;({ page, open } = opened)
  return async () => {
    await opened.close()
    await house.stop()
  }
})

const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor)

/** Requests to it wait until they are released. */
async function hold(url: string) {
  let release = () => {}
  const released = new Promise<void>((resolve) => {
    release = resolve
  })
  await page.route(url, async (route) => {
    await released
    await route.continue()
  })
  return { release }
}

describe('the theme', () => {
  it('follows the system until one is chosen, and stays chosen', async () => {
    await open()
    const light = await background()
    await page.getByRole('button', { name: OWNER.name }).click()
    await page.getByRole('menuitemradio', { name: 'Dark' }).or(page.getByRole('menuitemcheckbox', { name: 'Dark' })).click()
    await page.locator('html[data-theme=dark]').waitFor({ state: 'attached' })
    expect(await background()).not.toBe(light)
    await page.reload()
    expect(await page.locator('html').getAttribute('data-theme')).toBe('dark')
  })
})

describe('the command menu', () => {
  it('opens by keyboard, finds a connection, and goes there', async () => {
    await open()
    await page.keyboard.press('ControlOrMeta+K')
    const input = page.getByRole('combobox', { name: 'Search or jump to' })
    await input.fill('github')
    await page.getByRole('option', { name: /github/ }).first().waitFor()
    await page.keyboard.press('Enter')
    await page.waitForURL('**/connections/github')
    await settled(page)
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('GitHub of Ada')
  })

  it('selects a better match that arrives late', async () => {
    const connections = await hold('**/trpc/connections.list*')
    await open()
    await page.keyboard.press('ControlOrMeta+K')
    await page.getByRole('combobox', { name: 'Search or jump to' }).fill('g')
    await page.getByRole('option', { selected: true }).waitFor()
    connections.release()
    await page.getByRole('option', { name: /GitHub of Ada/, selected: true }).waitFor()
    const described = await page.getByRole('combobox', { name: 'Search or jump to' }).getAttribute('aria-activedescendant')
    expect(await page.locator(`[id="${described}"]`).innerText()).toContain('GitHub of Ada')
    await page.keyboard.press('Enter')
    await page.waitForURL('**/connections/github')
  })

  it('leaves the selection where a person moved it', async () => {
    const connections = await hold('**/trpc/connections.list*')
    await open()
    await page.keyboard.press('ControlOrMeta+K')
    await page.getByRole('combobox', { name: 'Search or jump to' }).fill('g')
    const first = await page.getByRole('option', { selected: true }).innerText()
    await page.keyboard.press('ArrowDown')
    await page.getByRole('option', { selected: true }).filter({ hasNotText: first }).waitFor()
    const chosen = await page.getByRole('option', { selected: true }).innerText()
    connections.release()
    await page.getByRole('option', { name: /GitHub of Ada/ }).waitFor()
    expect(await page.getByRole('option', { selected: true }).innerText()).toBe(chosen)
  })

  it('keeps what is typed while it is still being fetched', async () => {
    const menu = await hold('**/assets/command-menu-*.js')
    await open()
    await page.keyboard.press('ControlOrMeta+K')
    await page.keyboard.type('git')
    expect(await page.getByRole('textbox', { name: 'Search or jump to' }).inputValue()).toBe('git')
    menu.release()
    const input = page.getByRole('combobox', { name: 'Search or jump to' })
    await input.waitFor()
    await page.keyboard.type('hub')
    expect(await input.inputValue()).toBe('github')
    await page.getByRole('option', { name: /GitHub of Ada/, selected: true }).waitFor()
  })

  it('gives the focus back when it is closed', async () => {
    await open()
    await page.getByRole('link', { name: 'Connections', exact: true }).first().focus()
    await page.keyboard.press('ControlOrMeta+K')
    await page.getByRole('combobox', { name: 'Search or jump to' }).waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('combobox', { name: 'Search or jump to' }).waitFor({ state: 'detached' })
    expect(await page.evaluate(() => document.activeElement?.textContent)).toContain('Connections')
  })
})

/** Tab until the focus is on what has this name; fails if it never gets there. */
async function tabTo(role: 'link' | 'button' | 'textbox', name: string | RegExp) {
  const target = page.getByRole(role, { name }).first()
  for (let press = 0; press < 80; press++) {
    if (await target.evaluate((element) => element === document.activeElement).catch(() => false)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`the keyboard does not reach ${role} ${name}`)
}

describe('a keyboard', () => {
  it('is enough to add a connection, look at it and call its tool', async () => {
    await open()
    await page.keyboard.press('g')
    await page.keyboard.press('c')
    await page.waitForURL('**/connections')
    await settled(page)
    await page.keyboard.press('c')
    await page.waitForURL('**/connections/new')
    await tabTo('textbox', 'Server URL')
    await page.keyboard.type(upstream.url.href)
    await tabTo('button', 'Save connection')
    await page.keyboard.press('Enter')
    await page.getByText('Connection added').waitFor()
    await tabTo('link', 'Open in playground')
    await page.keyboard.press('Enter')
    await page.waitForURL('**/playground?*')
    await tabTo('link', /^echo/)
    await page.keyboard.press('Enter')
    await tabTo('textbox', /text/i)
    await page.keyboard.type('typed')
    await page.keyboard.press('ControlOrMeta+Enter')
    await page.getByText('Answered', { exact: true }).first().waitFor()
    const call = await upstream.request(({ message }) => message?.method === 'tools/call')
    expect(call.message!.params).toMatchObject({ name: 'echo', arguments: { text: 'typed' } })
  })

  it('can skip what every page begins with', async () => {
    await open()
    await page.keyboard.press('Tab')
    expect(await page.evaluate(() => document.activeElement?.textContent)).toMatch(/skip/i)
    await page.keyboard.press('Enter')
    expect(await page.evaluate(() => document.activeElement?.closest('main') !== null)).toBe(true)
  })
})
