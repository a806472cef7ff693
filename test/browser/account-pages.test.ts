// The pages before the console, and the settings, in a browser that runs no script: forms, redirects and nothing else.
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createRemixHandler } from '../../server/http/remix.ts'
import { launchBrowser } from '../support/browser.ts'
import { root } from '../support/page-server.ts'
import { type RunningPlugboard, startPlugboard } from '../support/start-plugboard.ts'
import { OWNER } from '../support/test-browser.ts'

let browser: Browser
let plugboard: RunningPlugboard
let page: Page

beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser?.close())
beforeEach(async () => {
  plugboard = await startPlugboard({ pages: () => createRemixHandler({ root, mode: 'production' }) })
  page = await openPage()
})
afterEach(async () => {
  await Promise.all(browser.contexts().map((context) => context.close()))
  await plugboard.stop()
})

const openPage = async () => (await browser.newContext({ javaScriptEnabled: false, baseURL: plugboard.url })).newPage()
const press = (name: string | RegExp, on = page) => on.getByRole('button', { name }).click()
const textOf = (on = page) => on.locator('main').last().innerText()

/** What is shown once. */
const readSecret = () => page.getByRole('region', { name: 'shown this once' }).locator('code').innerText()

async function fill(fields: Readonly<Record<string, string>>, on = page): Promise<void> {
  for (const [label, value] of Object.entries(fields)) await on.getByLabel(label, { exact: true }).fill(value)
}

async function becomeOwner(setupCode = plugboard.services.setUp.code!.code.reveal()): Promise<void> {
  await page.goto('/welcome')
  const { organization, namespace, name, email, password } = OWNER
  await fill({ 'Setup code': setupCode, Organization: organization, Namespace: namespace, 'Your name': name, Email: email, Password: password })
  await press('Create owner and API key')
}

describe('the first page', () => {
  it('makes an owner and shows the key once; then it is gone', async () => {
    await becomeOwner()
    const key = await readSecret()
    const answer = await fetch(`${plugboard.url}/namespaces`, { headers: { authorization: `Bearer ${key}` } })
    expect(await answer.text()).toContain(OWNER.namespace)
    expect((await page.goto('/welcome'))?.status()).toBe(404)
    expect(await page.content()).not.toContain(key)
  })

  it('says beside the field what is wrong, and keeps what was typed but no password', async () => {
    await becomeOwner('not the code')
    expect(await page.getByLabel('Setup code').getAttribute('aria-invalid')).toBe('true')
    expect(await page.getByLabel('Organization').inputValue()).toBe(OWNER.organization)
    expect(await page.getByLabel('Password', { exact: true }).inputValue()).toBe('')
  })
})

describe('signing in', () => {
  it('leads to where one wanted to go, on this site only', async () => {
    await becomeOwner()
    await page.context().clearCookies()
    await page.goto('/app/settings/keys')
    expect(new URL(page.url()).pathname).toBe('/sign-in')
    await fill({ Email: OWNER.email, Password: 'not the password' })
    await press('Sign in')
    expect(await page.getByRole('alert').innerText()).toContain('password is wrong')
    expect(await page.getByLabel('Email').inputValue()).toBe(OWNER.email)
    await fill({ Password: OWNER.password })
    await press('Sign in')
    expect(new URL(page.url()).pathname).toBe('/app/settings/keys')
    await page.goto('/sign-in?to=//evil.test/')
    expect(new URL(page.url()).origin).toBe(plugboard.url)
  })

  it('ends with signing out, which a link alone does not do', async () => {
    await becomeOwner()
    await page.goto('/sign-out')
    await page.goto('/app/settings/account')
    expect(new URL(page.url()).pathname).toBe('/app/settings/account')
    await page.goto('/sign-out')
    await press('Sign out')
    await page.goto('/app/settings/account')
    expect(new URL(page.url()).pathname).toBe('/sign-in')
  })
})

describe('an invitation', () => {
  it('is shown once, makes whoever has it a member, and then says that it no longer works', async () => {
    await becomeOwner()
    await page.goto('/app/settings/members')
    await fill({ Email: 'ivan@example.com' })
    await press('Create link')
    const path = new URL(await readSecret()).pathname
    const guest = await openPage()
    await guest.goto(path)
    expect(await textOf(guest)).toMatch(/Join Acme[\s\S]*Olivia Owner invited you as member/)
    await fill({ 'Your name': 'Ivan', Password: 'several kinds of weather' }, guest)
    await press('Join', guest)
    await guest.goto('/app/settings/members')
    expect(await guest.getByRole('button', { name: 'Create link' }).count()).toBe(0)
    expect((await (await openPage()).goto(path))?.status()).toBe(404)
  })
})

describe('the settings', () => {
  it('make a key, show it once and revoke it', async () => {
    await becomeOwner()
    await page.goto('/app/settings/keys')
    await fill({ Name: 'staging' })
    await press('Create key')
    const key = await readSecret()
    const call = () => fetch(`${plugboard.url}/namespaces`, { headers: { authorization: `Bearer ${key}` } })
    expect((await call()).status).toBe(200)
    await page.locator('summary[aria-label="Revoke staging"]').click()
    expect((await call()).status).toBe(200)
    await press('Revoke key')
    expect(await page.getByRole('status').first().innerText()).toContain('The key is revoked')
    expect((await call()).status).toBe(401)
    expect(await page.content()).not.toContain(key)
  })

  it('make a key with limits after a mistake, and say them in the list', async () => {
    await becomeOwner()
    await page.goto('/app/settings/keys')
    await page.getByText('Limits', { exact: true }).click()
    await fill({ Name: 'office', Namespaces: 'acme', Addresses: '127.0.0.1, nowhere' })
    await page.getByLabel('Connections').selectOption('Read')
    await press('Create key')
    await page.getByText('Must be an address such as').waitFor()
    await fill({ Addresses: '127.0.0.1, 203.0.113.0/24' })
    await press('Create key')
    const authorization = `Bearer ${await readSecret()}`
    expect((await fetch(`${plugboard.url}/acme`, { headers: { authorization } })).status).toBe(200)
    expect((await fetch(`${plugboard.url}/acme/x`, { method: 'DELETE', headers: { authorization } })).status).not.toBe(200)
    for (const limit of ['Only in acme', 'May only read', 'Only from 127.0.0.1, 203.0.113.0/24']) expect(await page.getByText(limit).count()).toBe(1)
  })

  it('make one key when the page that shows it is loaded again', async () => {
    await becomeOwner()
    await page.goto('/app/settings/keys')
    await fill({ Name: 'staging' })
    await press('Create key')
    await readSecret()
    await page.reload()
    expect(await page.getByRole('textbox', { name: 'Name' }).getAttribute('aria-invalid')).toBe('true')
    expect(await page.locator('summary[aria-label="Revoke staging"]').count()).toBe(1)
    await press('Create key')
    await readSecret()
    expect(await page.locator('summary[aria-label="Revoke staging"]').count()).toBe(2)
  })

  it('delete a namespace only for whoever types its name', async () => {
    await becomeOwner()
    await page.goto('/app/settings/namespaces')
    await page.getByRole('link', { name: 'Delete acme' }).click()
    await page.getByLabel('Type acme').fill('acne')
    await press('Delete namespace')
    expect(await page.getByLabel('Type acme').getAttribute('aria-invalid')).toBe('true')
    await page.getByLabel('Type acme').fill('acme')
    await press('Delete namespace')
    expect(await textOf()).toContain('There is none')
  })

  it('say nothing that somebody else put into a link', async () => {
    await becomeOwner()
    await page.goto('/app/settings/account?done=Your+account+is+locked')
    expect(await page.content()).not.toContain('Your account is locked')
  })
})
