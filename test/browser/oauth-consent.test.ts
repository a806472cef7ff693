// The consent in a real browser: our built pages, the sign-in and consent pages of an authorization server that nobody here
// wrote, and an MCP server that wants its tokens.
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { authorizationRequest } from '../../db/schema/authorization-request.ts'
import { clientRegistration } from '../../db/schema/client-registration.ts'
import { oauthGrant } from '../../db/schema/oauth-grant.ts'
import { launchBrowser } from '../support/browser.ts'
import { agree, agreeWithoutReturning, goOn, heading, signIn } from '../support/consent-pages.ts'
import { openConsole } from '../support/console-browser.ts'
import { type OAuthProvider, startOAuthProvider } from '../support/oauth-provider.ts'
import { type ProtectedUpstream, startProtectedUpstream } from '../support/protected-upstream.ts'
import { settled } from '../support/settled-page.ts'
import { OWNER, type RunningConsole, startConsole } from '../support/start-console.ts'

let browser: Browser
let provider: OAuthProvider
let upstream: ProtectedUpstream
let running: RunningConsole
let setupUrl: string

beforeAll(async () => {
  browser = await launchBrowser()
  provider = await startOAuthProvider({ accessTokenSeconds: 300 })
  upstream = await startProtectedUpstream(provider)
})
afterAll(async () => {
  await browser?.close()
  await upstream?.close()
  await provider?.close()
})
beforeEach(async () => {
  running = await startConsole()
  setupUrl = await connect('wiki')
  return async () => {
    await Promise.all(browser.contexts().map((context) => context.close()))
    await running.stop()
  }
})

async function connect(connectionId: string, mcpUrl = upstream.url): Promise<string> {
  const { body } = await running.send('PUT', `/${running.namespace}/${connectionId}`, { mcpUrl })
  return (body.status as { setupUrl: string }).setupUrl
}
const stateOf = async (connectionId: string) => ((await running.send('GET', `/${running.namespace}/${connectionId}`)).body.status as { state: string }).state
const call = (connectionId: string) => running.send('POST', `/${running.namespace}/${connectionId}/.tools/echo`, { message: 'hello' })

/** A browser of its own, which reaches nothing beyond this machine: the authorization server's pages want fonts from elsewhere. */
async function openContext(options: { javaScriptEnabled?: boolean } = {}): Promise<BrowserContext> {
  const context = await browser.newContext(options)
  await context.route((url) => url.hostname !== '127.0.0.1', (route) => route.abort())
  return context
}

async function openPage(options: { javaScriptEnabled?: boolean } = {}): Promise<Page> {
  return (await openContext(options)).newPage()
}

/** Up to the last question of the authorization server. */
async function comeToConsent(page: Page): Promise<void> {
  await page.goto(setupUrl)
  await goOn(page)
  await signIn(page)
}

async function countRows(): Promise<number[]> {
  const { db } = running.plugboard.house
  const tables = [authorizationRequest, clientRegistration, oauthGrant]
  return Promise.all(tables.map(async (table) => (await db.read(db.build.select().from(table))).length))
}

describe.each([true, false])('with scripts: %s', (javaScriptEnabled) => {
  it('a person sees what they are asked for, signs in, agrees, and the connection works', async () => {
    const page = await openPage({ javaScriptEnabled })
    const complaints: string[] = []
    page.on('console', (message) => message.text().includes('Content Security Policy') && complaints.push(message.text()))
    await page.goto(setupUrl)
    const shown = await page.locator('main').innerText()
    for (const part of [OWNER.organization, 'wiki', new URL(upstream.url).host, new URL(provider.issuer).host, 'mcp:read']) expect(shown).toContain(part)
    await goOn(page)
    await signIn(page)
    await agree(page)
    await page.waitForURL('**/oauth/finished?*')
    expect(await heading(page)).toBe('Connected')
    expect(page.url()).not.toMatch(/code=|state=/)
    expect(await stateOf('wiki')).toBe('connected')
    expect((await call('wiki')).status).toBe(200)
    expect(complaints.filter((text) => !text.includes(provider.issuer))).toEqual([])
  })
})

describe('a person who changes their mind', () => {
  it('says no there, hears that nothing was stored, and can say yes with the same link', async () => {
    const page = await openPage()
    await comeToConsent(page)
    await page.locator('a[href$="/abort"]').click()
    await page.waitForURL('**/oauth/finished?*')
    expect(await heading(page)).toBe('Access was not granted')
    expect(await stateOf('wiki')).toBe('auth_required')
    await page.goto(setupUrl)
    await goOn(page)
    await agree(page)
    await page.waitForURL('**/oauth/finished?*')
    expect(await heading(page)).toBe('Connected')
  })
})

describe('a link', () => {
  it('does not work again once somebody finished with it', async () => {
    const page = await openPage()
    await comeToConsent(page)
    await agree(page)
    await page.waitForURL('**/oauth/finished?*')
    expect((await page.goto(setupUrl))?.status()).toBe(404)
    expect(await heading(page)).toBe('This link no longer works')
  })

  it('that was opened twice is finished by whoever is first; the other hears that it is done and changes nothing', async () => {
    const [first, second] = [await openPage(), await openPage()]
    for (const page of [first, second]) await comeToConsent(page)
    await agree(first)
    await first.waitForURL('**/oauth/finished?*')
    await agree(second)
    await second.waitForURL('**/oauth/finished?*')
    expect([await heading(first), await heading(second)]).toEqual(['Connected', 'Already done'])
    expect((await call('wiki')).status).toBe(200)
  })

  it('is not finished in another browser than the one that began, which still can', async () => {
    const page = await openPage()
    await comeToConsent(page)
    const answer = await agreeWithoutReturning(page, running.url)
    const stranger = await openPage()
    await comeToConsent(stranger)
    await stranger.goto(answer)
    expect(await heading(stranger)).toBe('This sign-in is over')
    expect(await stateOf('wiki')).toBe('auth_required')
    await page.goto(answer)
    expect(await heading(page)).toBe('Connected')
  })

  it('can be opened a hundred times by whoever scans mail: nothing is written, no cookie set, and a person finishes it', async () => {
    const before = await countRows()
    const answers = await Promise.all(Array.from({ length: 100 }, (_, index) => fetch(setupUrl, { method: index % 2 === 0 ? 'GET' : 'HEAD' })))
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
    expect(answers.flatMap(({ headers }) => headers.getSetCookie())).toEqual([])
    expect(await countRows()).toEqual(before)
    const page = await openPage()
    await comeToConsent(page)
    await agree(page)
    await page.waitForURL('**/oauth/finished?*')
    expect(await heading(page)).toBe('Connected')
  })
})

describe('what the browser is told', () => {
  const SAME_ORIGIN = { 'sec-fetch-site': 'same-origin' }
  const post = (headers: Record<string, string>) => fetch(setupUrl, { method: 'POST', redirect: 'manual', headers, body: new URLSearchParams() })

  it('the form may lead to the authorization server and nowhere else; neither page is kept, and no other site hears their addresses', async () => {
    const { headers } = await fetch(setupUrl)
    expect(headers.get('content-security-policy')).toContain(`form-action 'self' ${provider.issuer};`.slice(0, -1))
    expect([headers.get('cache-control'), headers.get('referrer-policy')]).toEqual(['no-store', 'same-origin'])
    const callback = await fetch(`${running.url}/oauth/callback/anything?code=c&state=s`, { redirect: 'manual' })
    expect([callback.status, callback.headers.get('cache-control'), callback.headers.get('referrer-policy')]).toEqual([303, 'no-store', 'no-referrer'])
    expect(callback.headers.get('location')).toMatch(/^\/oauth\/finished\?outcome=expired&request=req_\w+$/)
  })

  it('one cookie, for this host alone and out of reach of scripts, serves all the links that it opens', async () => {
    const urls = [setupUrl, await connect('docs'), await connect('mail')]
    const page = await openPage()
    for (const url of urls) {
      await page.goto(url)
      await goOn(page)
      await page.waitForURL(`${provider.issuer}/**`)
    }
    const cookies = await page.context().cookies(running.url)
    expect(cookies).toMatchObject([{ httpOnly: true, sameSite: 'Lax', path: '/', domain: '127.0.0.1' }])
  })

  it('a form of another site begins nothing', async () => {
    const before = await countRows()
    expect((await post({ 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' })).status).toBe(403)
    expect((await post({})).status).toBe(403)
    expect(await countRows()).toEqual(before)
    expect((await post(SAME_ORIGIN)).status).toBe(303)
  })
})

describe('the console', () => {
  it('leads from a connection that waits to the consent, shows what was granted, and how to sign in again', async () => {
    const { page, open } = await openConsole(browser, running)
    await open('/connections/wiki')
    const [opened] = await Promise.all([page.context().waitForEvent('page'), page.getByRole('link', { name: /^Authorize/ }).click()])
    await opened.context().route((url) => url.hostname !== '127.0.0.1', (route) => route.abort())
    await goOn(opened)
    await signIn(opened)
    await agree(opened)
    await opened.waitForURL('**/oauth/finished?*')
    await open('/connections/wiki')
    await settled(page)
    const card = page.getByRole('region', { name: 'Credential' })
    const shown = await card.innerText()
    for (const part of [provider.issuer, 'mcp:read', 'Renewed by itself']) expect(shown).toContain(part)
    expect(await card.getByRole('link', { name: /^Sign in again/ }).getAttribute('href')).toContain('/setup/')
    for (const token of upstream.tokens) expect(await page.content()).not.toContain(token)
  })
})
