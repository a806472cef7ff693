// Authorization servers that do not do as the book says: refused, unless somebody vouched for this very connection, and
// then no further than they were vouched for.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ConnectionView } from '../../server/connections/connection-view.ts'
import { beginConsent, consentTo } from '../support/oauth-connection.ts'
import { type HostileAuthorizationServer, startHostileAuthorizationServer } from '../support/hostile-authorization-server.ts'
import { startJsonServer } from '../support/json-server.ts'
import { type ProtectedUpstream, startProtectedUpstream } from '../support/protected-upstream.ts'
import { type RunningPlugboard, startPlugboard } from '../support/start-plugboard.ts'

let plugboard: RunningPlugboard
const opened: { close(): Promise<void> }[] = []
const opening = async <Part extends { close(): Promise<void> }>(part: Promise<Part>): Promise<Part> => {
  opened.push(await part)
  return part
}

beforeEach(async () => {
  plugboard = await startPlugboard()
  await plugboard.send('PUT', '/namespaces/acme')
})
afterEach(async () => {
  await plugboard.stop()
  for (const part of opened.splice(0)) await part.close()
})

const put = async (connectionId: string, input: object) => (await plugboard.send<ConnectionView>('PUT', `/acme/${connectionId}`, input)).body

describe('metadata that calls itself by another name', () => {
  let deviant: HostileAuthorizationServer
  let upstream: ProtectedUpstream

  beforeEach(async () => {
    deviant = await opening(startHostileAuthorizationServer({ document: { issuer: 'https://login.example' } }))
    upstream = await opening(startProtectedUpstream(deviant))
  })

  it('is refused', async () => {
    await expect(beginConsent(plugboard.house, await put('wiki', { mcpUrl: upstream.url }))).rejects.toMatchObject({ code: 'oauth.issuer_mismatch' })
  })

  it('is refused under any name but the one that was vouched for', async () => {
    const view = await put('wiki', { mcpUrl: upstream.url, oauth: { trustedIssuer: 'https://login.example/' } })
    await expect(beginConsent(plugboard.house, view)).rejects.toMatchObject({ code: 'oauth.issuer_mismatch' })
  })

  it('is believed for a connection where somebody vouched for it, also later', async () => {
    await put('wiki', { mcpUrl: upstream.url })
    const view = await put('wiki', { oauth: { trustedIssuer: 'https://login.example' } })
    expect(view.oauth).toEqual({ trustedIssuer: 'https://login.example' })
    expect(await consentTo(plugboard.house, view)).toMatchObject({ status: { state: 'connected' } })
  })

  it('gets a registration of its own, not that of the server whose name it uses', async () => {
    const honest = await opening(startHostileAuthorizationServer())
    const behindHonest = await opening(startProtectedUpstream(honest))
    await consentTo(plugboard.house, await put('honest', { mcpUrl: behindHonest.url }))
    deviant.set({ document: { issuer: honest.issuer } })
    await consentTo(plugboard.house, await put('wiki', { mcpUrl: upstream.url, oauth: { trustedIssuer: honest.issuer } }))
    expect([honest.to('/register').length, deviant.to('/register').length]).toEqual([1, 1])
    expect(deviant.to('/token')[0]?.authorization).not.toBe(honest.to('/token')[0]?.authorization)
  })
})

describe('a server of MCP 2025-03-26 without any metadata', () => {
  async function startBareServer(metadataStatus: number) {
    const server = await startJsonServer((path, response) => {
      if (path === '/register') return void response.writeHead(201, { 'content-type': 'application/json' }).end('{"client_id":"us"}')
      if (path.startsWith('/.well-known/oauth-authorization-server')) return void response.writeHead(metadataStatus).end()
      response.writeHead(path === '/mcp' ? 401 : 404, path === '/mcp' ? { 'www-authenticate': 'Bearer' } : {}).end()
    })
    opened.push({ close: () => server.stop() })
    return server.url
  }

  it('leads nobody anywhere, because its endpoints would be a guess', async () => {
    const view = await put('old', { mcpUrl: new URL('/mcp', await startBareServer(404)).href })
    await expect(beginConsent(plugboard.house, view)).rejects.toMatchObject({ code: 'oauth.metadata_unavailable' })
  })

  it('is asked at its root where somebody says that it is one of those', async () => {
    const root = await startBareServer(404)
    const url = await beginConsent(plugboard.house, await put('old', { mcpUrl: new URL('/mcp', root).href, oauth: { legacyEndpoints: true } }))
    expect(url.origin + url.pathname).toBe(new URL('/authorize', root).href)
    expect(Object.fromEntries(url.searchParams)).toMatchObject({ client_id: 'us', code_challenge_method: 'S256' })
  })

  it('is not guessed at while its metadata may only be out of reach', async () => {
    const root = await startBareServer(503)
    const view = await put('old', { mcpUrl: new URL('/mcp', root).href, oauth: { legacyEndpoints: true } })
    await expect(beginConsent(plugboard.house, view)).rejects.toMatchObject({ code: 'oauth.metadata_unavailable' })
  })
})
