// The consent of a member in a real browser: our built pages, and an app on a port of the person's own machine.
import { createServer, type Server } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { launchBrowser } from '../support/browser.ts'
import { authorizeAddress, codeFields, registerApp, sendForm } from '../support/downstream-app.ts'
import { OWNER, type RunningConsole, startConsole } from '../support/start-console.ts'

let browser: Browser
let running: RunningConsole
let app: Server
let callback: string

beforeAll(async () => {
  ;[browser, running] = await Promise.all([launchBrowser(), startConsole()])
  for (const id of ['wiki', 'mail']) await running.send('PUT', `/${running.namespace}/${id}`, { mcpUrl: `https://${id}.example.com/mcp`, name: `Our ${id}` })
  app = createServer((_request, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Back in the app</h1>'))
  app.listen(0, '127.0.0.1')
  await once(app, 'listening')
  callback = `http://127.0.0.1:${(app.address() as AddressInfo).port}/callback`
})
afterAll(async () => {
  await browser?.close()
  app?.close()
  await running?.stop()
})

async function open(javaScriptEnabled: boolean) {
  const context = await browser.newContext({ javaScriptEnabled })
  onTestFinished(() => context.close())
  const page = await context.newPage()
  page.setDefaultTimeout(10_000)
  const complaints: string[] = []
  page.on('console', (message) => message.text().includes('Content Security Policy') && complaints.push(message.text()))
  return { page, complaints }
}

describe.each([true, false])('with scripts: %s', (javaScriptEnabled) => {
  it('a person signs in, picks a connection, and is back in the app, which has a code; the account page ends it', async () => {
    const { page, complaints } = await open(javaScriptEnabled)
    const clientId = await registerApp(running.url, [callback])
    await page.goto(authorizeAddress(running, clientId, { redirect_uri: callback }))
    await page.getByLabel('Email').fill(OWNER.email)
    await page.getByLabel('Password', { exact: true }).fill(OWNER.password)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByRole('heading', { name: 'Let Test app in?' }).waitFor()
    expect(await page.locator('input[type=checkbox]:checked').count()).toBe(0)

    await page.getByRole('button', { name: 'Allow access' }).click()
    await page.getByText('Pick at least one connection').waitFor()
    await page.getByLabel('Our wiki').check()
    await page.getByRole('button', { name: 'Allow access' }).click()
    await page.waitForURL(`${callback}?*`)
    expect(await page.innerText('h1')).toBe('Back in the app')
    expect(complaints).toEqual([])
    const { searchParams } = new URL(page.url())
    expect(searchParams.get('state')).toBe('of-the-app')
    const { status } = await sendForm(`${running.url}/oauth/token`, { ...codeFields(clientId, searchParams.get('code')!), redirect_uri: callback })
    expect(status).toBe(200)

    await page.goto(`${running.url}/app/settings/account`)
    await page.getByText('wiki', { exact: true }).waitFor()
    await page.locator('[aria-label^="End the access of"]').first().click()
    await page.getByRole('button', { name: 'End it' }).first().click()
    await page.getByText('No app has access').waitFor()
  })

  it('one who refuses is back in the app without a code', async () => {
    const { page } = await open(javaScriptEnabled)
    await page.context().addCookies([await running.signIn()])
    const clientId = await registerApp(running.url, [callback])
    await page.goto(authorizeAddress(running, clientId, { redirect_uri: callback }))
    await page.getByRole('button', { name: 'Refuse' }).click()
    await page.waitForURL(`${callback}?*`)
    expect(new URL(page.url()).searchParams.get('error')).toBe('access_denied')
  })
})
