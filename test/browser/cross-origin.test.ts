// A web page of another origin, in Chromium: what the browser lets it do with a service token, and with a key.
import { randomBytes } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findFreePort } from '../../server/http/free-port.ts'
import { launchBrowser } from '../support/browser.ts'
import { type FixtureUpstream, startFixtureUpstream } from '../support/fixture-upstream.ts'
import { mintServiceToken } from '../support/service-tokens.ts'
import { type RunningPlugboard, startPlugboard } from '../support/start-plugboard.ts'

let browser: Browser
let plugboard: RunningPlugboard
let upstream: FixtureUpstream
let app: Server
let stranger: Server
let token: string
beforeAll(async () => {
  ;[browser, upstream, app, stranger] = await Promise.all([launchBrowser(), startFixtureUpstream(), servePage(), servePage()])
  plugboard = await startServer()
  await plugboard.send('PUT', '/namespaces/shop')
  await plugboard.send('PUT', '/namespaces/shop/settings', { allowedOrigins: [originOf(app)] })
  await plugboard.send('PUT', '/shop/it', { mcpUrl: upstream.url })
  ;({ token } = await mintServiceToken(plugboard))
})
afterAll(async () => {
  await browser?.close()
  app?.close()
  stranger?.close()
  await Promise.all([plugboard?.stop(), upstream?.stop()])
})

const servePage = (): Promise<Server> =>
  new Promise((resolve) => {
    const server = createServer((_request, response) => void response.setHeader('content-type', 'text/html').end('<title>An app</title>'))
    server.listen(0, '127.0.0.1', () => resolve(server))
  })

const originOf = (server: Server) => `http://127.0.0.1:${(server.address() as AddressInfo).port}`

/** No laptop: there a developer's own pages may show keys. */
async function startServer(): Promise<RunningPlugboard> {
  const port = await findFreePort('127.0.0.1')
  return startPlugboard({
    environment: {
      HOST: '0.0.0.0',
      PORT: String(port),
      PUBLIC_URL: `http://127.0.0.1:${port}`,
      ALLOW_HTTP: '1',
      SECRETS_KEKS: `k1:${randomBytes(32).toString('base64')}`,
      EGRESS_ALLOW: new URL(upstream.url).host,
    },
  })
}

async function openPage(server: Server): Promise<Page> {
  const page = await browser.newPage()
  await page.goto(originOf(server))
  return page
}

interface Call {
  path: string
  body?: unknown
  headers?: Record<string, string>
}

const initialize = { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'page', version: '1' } }

const calls: [door: string, call: Call][] = [
  ['REST', { path: '/connect/shop/it/.tools/echo', body: { text: 'hi' } }],
  ['tRPC', { path: '/trpc/tools.invoke', body: { namespace: 'shop', connectionId: 'it', tool: 'echo', arguments: { text: 'hi' } } }],
  ['MCP', { path: '/connect/shop/it/mcp', body: { jsonrpc: '2.0', id: 1, method: 'initialize', params: initialize }, headers: { 'mcp-protocol-version': '2025-11-25' } }],
]

/** The status that the page sees, or that it was not let. */
const callFrom = (page: Page, credential: string, { path, body, headers = {} }: Call): Promise<number | string> =>
  page.evaluate(
    async ({ url, sent, allHeaders }) => {
      try {
        return (await fetch(url, { method: 'POST', body: sent, headers: allHeaders })).status
      } catch (error) {
        return (error as Error).name
      }
    },
    {
      url: plugboard.url + path,
      sent: JSON.stringify(body),
      allHeaders: { authorization: `Bearer ${credential}`, 'content-type': 'application/json', accept: 'application/json, text/event-stream', ...headers },
    },
  )

describe.each(calls)('through %s', (_door, call) => {
  it('a page that the namespace lists calls with a service token', async () => {
    expect(await callFrom(await openPage(app), token, call)).toBe(200)
  })

  it('with an API key it gets nowhere, and reads nothing', async () => {
    upstream.requests.length = 0
    expect(await callFrom(await openPage(app), plugboard.key, call)).toBe('TypeError')
    expect(upstream.requests).toEqual([])
  })

  it('nor does a page that nobody lists, with either', async () => {
    upstream.requests.length = 0
    const page = await openPage(stranger)
    for (const credential of [token, plugboard.key]) expect(await callFrom(page, credential, call)).toBe('TypeError')
    expect(upstream.requests).toEqual([])
  })
})
