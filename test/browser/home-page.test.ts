// The page in a real browser, under its real content security policy.
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { StatusSummary } from '../../server/http/page-context.ts'
import { launchBrowser } from '../support/browser.ts'
import { type PageServer, startPageServer } from '../support/page-server.ts'

const laptop: StatusSummary = {
  mode: 'laptop',
  publicUrl: 'http://127.0.0.1:3000',
  detail: {
    version: '9.8.7',
    uptimeSeconds: 125,
    database: { kind: 'file', reachable: true },
    connections: { connected: 12, error: 1 },
    keyFile: 'data/root-key',
    firstCall: { namespace: 'demo', connectionId: 'demo', tool: 'echo', arguments: { message: 'hello' } },
  },
}

let server: PageServer
let browser: Browser
let page: Page
/** What the browser complained about; a refused script would be here. */
let complaints: string[]

beforeAll(async () => {
  server = await startPageServer(async ({ searchParams }) => {
    if (searchParams.has('fail')) throw new Error('the text of a secret')
    return searchParams.has('server') ? { mode: 'server', publicUrl: 'https://plugboard.test', detail: undefined } : laptop
  })
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser?.close()
  await server?.close()
})
beforeEach(async () => {
  const context = await browser.newContext({ viewport: { width: 360, height: 800 } })
  page = await context.newPage()
  complaints = []
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
  return () => context.close()
})

describe('the start page', () => {
  it('says what runs here and how to call it, and nothing in it is refused or fails', async () => {
    await page.goto(server.origin, { waitUntil: 'networkidle' })
    const text = await page.locator('main').innerText()
    for (const part of ['Laptop', '9.8.7', '2 min 5 s', 'Local file', '13', 'cat data/root-key', '.tools/echo']) expect(text).toContain(part)
    expect(complaints).toEqual([])
  })

  it('hydrates: the tabs work by keyboard', async () => {
    await page.goto(server.origin, { waitUntil: 'networkidle' })
    await page.getByRole('tab', { name: 'curl' }).focus()
    await page.keyboard.press('ArrowRight')
    expect(await page.getByRole('tab', { name: 'TypeScript' }).getAttribute('aria-selected')).toBe('true')
    expect(await page.getByRole('tabpanel').last().innerText()).toContain('StreamableHTTPClientTransport')
  })

  it('fits 360 pixels without scrolling sideways', async () => {
    await page.goto(server.origin)
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360)
  })

  it('tells a stranger on a server nothing about the installation', async () => {
    await page.goto(`${server.origin}/?server`)
    const text = await page.locator('main').innerText()
    expect(text).toContain('Server')
    expect(text).not.toMatch(/Version|Database|Up for|data\/root-key/)
  })

  it('does not run a script that has no nonce', async () => {
    await page.goto(server.origin)
    await page.evaluate(() => {
      const script = document.createElement('script')
      script.textContent = 'document.title = "taken over"'
      document.body.append(script)
    })
    expect(await page.title()).toBe('Plugboard')
    expect(complaints.join()).toContain('Content Security Policy')
  })
})

describe('a page that is not there', () => {
  it('is a 404 that says so and gives the request id', async () => {
    const answer = await page.goto(`${server.origin}/nowhere/at/all`)
    expect(answer?.status()).toBe(404)
    expect(await page.locator('main').innerText()).toMatch(/no page here[\s\S]*req_of_this_page/)
  })
})

describe('a page that fails', () => {
  it('says whose side it is on and gives the request id; the reason goes to the log alone', async () => {
    const answer = await page.goto(`${server.origin}/?fail`, { waitUntil: 'networkidle' })
    expect(answer?.status()).toBe(500)
    expect(await page.locator('main').innerText()).toMatch(/inside Plugboard[\s\S]*req_of_this_page/)
    expect(await page.content()).not.toContain('the text of a secret')
    expect(server.reported).toEqual([expect.objectContaining({ message: 'the text of a secret' })])
    expect(complaints.filter((text) => !text.includes('status of 500'))).toEqual([])
  })
})
