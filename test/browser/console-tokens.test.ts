// Service tokens by hand: a policy written in fields or as JSON, held against one call before it is minted, and ended.
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { launchBrowser } from '../support/browser.ts'
import { type OpenedConsole, openConsole } from '../support/console-browser.ts'
import { type FixtureUpstream, startFixtureUpstream } from '../support/fixture-upstream.ts'
import { bearer } from '../support/service-tokens.ts'
import { settled } from '../support/settled-page.ts'
import { type RunningConsole, startConsole } from '../support/start-console.ts'

let browser: Browser
let upstream: FixtureUpstream
let house: RunningConsole
let page: Page
let close: OpenedConsole['close']

beforeAll(async () => {
  ;[browser, upstream] = await Promise.all([launchBrowser(), startFixtureUpstream()])
})
afterAll(async () => {
  await browser?.close()
  await upstream?.stop()
})
beforeEach(async () => {
  house = await startConsole()
  for (const userId of ['1', '2']) await house.send('PUT', `/connect/${house.namespace}/of-${userId}`, { mcpUrl: upstream.url.href, metadata: { userId } })
  ;({ page, close } = await openConsole(browser, house))
  return async () => {
    await close()
    await house.stop()
  }
})

async function open(path: string): Promise<void> {
  await page.goto(`${house.url}/app/settings/tokens${path}`)
  await settled(page)
}
const region = (name: string) => page.getByRole('region', { name })
const button = (name: string | RegExp) => page.getByRole('button', { name })
const statusOf = async (token: string, connectionId: string) =>
  (await house.plugboard.send('POST', `/connect/${house.namespace}/${connectionId}/.tools/echo`, { text: 'hi' }, bearer(token))).status

it('a token is minted by keyboard, for what the page says, and is dead once it is revoked', async () => {
  await open('')
  await page.getByText('No token is out there').waitFor()
  await page.getByRole('link', { name: 'Mint token' }).press('Enter')
  await region('What it may do').getByText('2 connections').waitFor()
  await page.getByLabel('Name', { exact: true }).focus()
  await page.keyboard.type('agent of user 1')
  await page.getByLabel('Connections whose metadata has').focus()
  await page.keyboard.type('userId: 1')
  await region('What it may do').getByText('1 connection', { exact: true }).waitFor()
  await region('What it may do').getByText('whose userId is "1"').waitFor()
  await button('Mint token').press('Enter')
  const token = (await page.getByText(/^plugt_/).first().textContent())!
  expect([await statusOf(token, 'of-1'), await statusOf(token, 'of-2')]).toEqual([200, 404])
  await page.getByRole('link', { name: 'To the list of tokens' }).press('Enter')
  await page.getByRole('cell', { name: 'whose userId is "1"' }).waitFor()
  expect(await page.content()).not.toContain(token)
  await button('Revoke agent of user 1').press('Enter')
  await button('Revoke token').press('Enter')
  await page.getByText('Revoked', { exact: true }).waitFor()
  expect(await statusOf(token, 'of-1')).toBe(401)
})

it('what a policy refuses is said with the limit that refuses it, until the policy allows it', async () => {
  upstream.requests.length = 0
  await open('/new')
  await page.getByLabel('Tools', { exact: true }).fill('list_*')
  const trial = region('Would this be allowed?')
  await trial.getByLabel('Connection', { exact: true }).fill('of-1')
  await trial.getByLabel('Tool', { exact: true }).fill('echo')
  await trial.getByText('Refused').waitFor()
  await trial.getByText('does not cover this tool (tools)').waitFor()
  await page.getByLabel('Tools', { exact: true }).fill('list_*, echo')
  await trial.getByText('Allowed').waitFor()
  expect(upstream.requests.filter(({ message }) => message?.method === 'tools/call')).toEqual([])
})

it('fields and JSON follow each other, and what the server refuses is said beside the JSON', async () => {
  await open('/new')
  const json = page.getByRole('textbox', { name: 'Policy' })
  await json.fill('[{"tools": "echo", "calls": 3}, {"operations": "read"}]')
  expect(await region('Grant 1').getByLabel('Tools', { exact: true }).inputValue()).toBe('echo')
  expect(await region('Grant 1').getByLabel('Calls in all').inputValue()).toBe('3')
  await button('Remove grant 1').click()
  await region('Grant 1').getByLabel('Namespaces').fill('demo, ')
  await expect.poll(async () => JSON.parse((await json.innerText()).trim()) as unknown).toEqual([{ operations: 'read', namespaces: ['demo'] }])
  await json.fill('[{"tols": "echo"}]')
  await region('The same as JSON').getByText('policy.0.tols').waitFor()
})

it('without scripts a token is minted from the JSON', async () => {
  const plain = await openConsole(browser, house, { javaScriptEnabled: false })
  await plain.page.goto(`${house.url}/app/settings/tokens/new`)
  await plain.page.getByLabel('Policy').fill('[{"operations": ["read"]')
  await plain.page.getByRole('button', { name: 'Mint token' }).click()
  await plain.page.getByText('This is not JSON yet').first().waitFor()
  await plain.page.getByLabel('Policy').fill('[{"operations": ["read", "execute"]}]')
  await plain.page.getByRole('button', { name: 'Mint token' }).click()
  const token = (await plain.page.getByText(/^plugt_/).first().textContent())!
  expect(await statusOf(token, 'of-2')).toBe(200)
  await plain.close()
})
