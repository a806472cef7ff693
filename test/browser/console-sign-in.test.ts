// From a stranger to somebody with a session, and back, in a real browser.
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { launchBrowser } from '../support/browser.ts'
import { settled } from '../support/settled-page.ts'
import { OWNER, type RunningConsole, startConsole } from '../support/start-console.ts'

let browser: Browser
let house: RunningConsole
let context: BrowserContext
let page: Page

beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser?.close())
beforeEach(async () => {
  house = await startConsole()
  context = await browser.newContext()
  page = await context.newPage()
  return async () => {
    await context.close()
    await house.stop()
  }
})

async function signIn(password: string, on = page) {
  await on.getByLabel('Email').fill(OWNER.email)
  await on.getByLabel('Password', { exact: true }).fill(password)
  await on.getByRole('button', { name: 'Sign in' }).click()
}

describe('signing in', () => {
  it('leads to the page that was asked for', async () => {
    await page.goto(`${house.url}/app/${house.namespace}/connections?state=error`)
    await page.waitForURL('**/sign-in?to=*')
    await settled(page)
    await signIn(OWNER.password)
    await page.waitForURL(`**/app/${house.namespace}/connections?state=error`)
    await settled(page)
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('Connections')
  })

  it('with a wrong password says so, keeps the email address, and does not tell whether there is such a member', async () => {
    await page.goto(`${house.url}/sign-in`)
    await settled(page)
    await signIn('not the password at all')
    const forMember = await page.getByRole('alert').innerText()
    expect(await page.getByLabel('Email').inputValue()).toBe(OWNER.email)
    await page.getByLabel('Email').fill('nobody@example.com')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.waitForResponse((response) => response.request().method() === 'POST')
    expect(await page.getByRole('alert').innerText()).toBe(forMember)
  })

  it('is refused for a while after too many wrong passwords, and says for how long', async () => {
    await page.goto(`${house.url}/sign-in`)
    await settled(page)
    const tooMany = page.getByText(/too many/i)
    for (let attempt = 0; attempt < 30 && !(await tooMany.isVisible()); attempt++) {
      const answered = page.waitForResponse((response) => response.request().method() === 'POST')
      await signIn(`not the password ${attempt}`)
      await answered
      await page.locator('form:not([aria-busy])').waitFor()
    }
    expect(await page.getByRole('alert').innerText()).toMatch(/again in|try again/i)
  })

  it('works without scripts', async () => {
    const plain = await browser.newContext({ javaScriptEnabled: false })
    const form = await plain.newPage()
    await form.goto(`${house.url}/sign-in`)
    await signIn(OWNER.password, form)
    await form.waitForURL(`**/app/${house.namespace}`)
    expect(await form.getByRole('heading', { level: 1 }).innerText()).toBe('Overview')
    await plain.close()
  })
})

describe('a session', () => {
  it('that is ended from another browser is over at the next step', async () => {
    await context.addCookies([await house.signIn()])
    await page.goto(`${house.url}/app/${house.namespace}`)
    await settled(page)
    await house.asOwner.account.revokeOtherSessions()
    await page.getByRole('link', { name: 'Connections', exact: true }).first().click()
    await page.waitForURL('**/sign-in?to=*')
    expect(new URL(page.url()).searchParams.get('to')).toBe(`/app/${house.namespace}/connections`)
  })
})
