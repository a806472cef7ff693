import { describe, expect, it } from 'vitest'
import { readResourceMetadata, resourceMetadataUrls } from '../../../../server/oauth/discovery/resource-metadata.ts'
import type { Document } from '../../../../server/oauth/wire.ts'
import { codeOf, createMemoryWire } from '../memory-wire.ts'

const mcpUrl = new URL('https://mcp.example/team/mcp')
const AT_PATH = 'https://mcp.example/.well-known/oauth-protected-resource/team/mcp'
const AT_ROOT = 'https://mcp.example/.well-known/oauth-protected-resource'
const CHALLENGED = 'https://mcp.example/elsewhere'
const document = (more: object = {}): Document => ({ status: 200, json: { resource: mcpUrl.href, authorization_servers: ['https://as.example'], ...more } })

async function read(documents: Record<string, Document | Error>, fromChallenge?: string, allowHttpLoopback = false) {
  const wire = createMemoryWire({ documents })
  const input = { mcpUrl, fromChallenge: fromChallenge === undefined ? undefined : new URL(fromChallenge), allowHttpLoopback }
  const reading = readResourceMetadata(wire, input)
  return { outcome: await codeOf(reading), metadata: await reading.catch(() => undefined), asked: wire.asked }
}

describe('the places of resource metadata', () => {
  it('are the path’s and then the root’s', () => {
    expect(resourceMetadataUrls(mcpUrl, undefined).map(String)).toEqual([AT_PATH, AT_ROOT])
    expect(resourceMetadataUrls(new URL('https://mcp.example/mcp/?key=1'), undefined)[0]?.href).toBe(`${AT_ROOT}/mcp`)
  })
  it('are the root’s alone for a server at the root', () => {
    expect(resourceMetadataUrls(new URL('https://mcp.example/'), undefined).map(String)).toEqual([AT_ROOT])
  })
  it('are the challenge’s alone if it names one', () => {
    expect(resourceMetadataUrls(mcpUrl, new URL(CHALLENGED)).map(String)).toEqual([CHALLENGED])
  })
})

describe('resource metadata', () => {
  it('is taken from the first place that has it', async () => {
    const { metadata, asked } = await read({ [AT_PATH]: document({ scopes_supported: ['read'] }), [AT_ROOT]: document() })
    expect(metadata).toEqual({ resource: mcpUrl.href, authorizationServers: ['https://as.example'], scopesSupported: ['read'] })
    expect(asked).toEqual([AT_PATH])
  })

  it.each([400, 401, 403, 404, 405, 410])('is looked for at the next place after HTTP %i', async (status) => {
    const { metadata, asked } = await read({ [AT_PATH]: { status, json: {} }, [AT_ROOT]: document() })
    expect([metadata?.resource, asked]).toEqual([mcpUrl.href, [AT_PATH, AT_ROOT]])
  })

  it('is looked for at the next place after a page instead of a document', async () => {
    const { metadata } = await read({ [AT_PATH]: { status: 200, json: undefined }, [AT_ROOT]: document() })
    expect(metadata?.resource).toBe(mcpUrl.href)
  })

  it.each([408, 429, 500, 502, 503, 302])('is not guessed about after HTTP %i', async (status) => {
    const { outcome, asked } = await read({ [AT_PATH]: { status, json: {} }, [AT_ROOT]: document() })
    expect([outcome, asked]).toEqual(['oauth.metadata_unavailable', [AT_PATH]])
  })

  it('is not guessed about while the server cannot be reached', async () => {
    const { outcome, asked } = await read({ [AT_PATH]: new Error('reset'), [AT_ROOT]: document() })
    expect([outcome, asked]).toEqual(['oauth.metadata_unavailable', [AT_PATH]])
  })

  it('may be nowhere, as with servers of 2025-03-26', async () => {
    expect(await read({})).toEqual({ outcome: 'ok', metadata: undefined, asked: [AT_PATH, AT_ROOT] })
  })

  it('has to be where a challenge says that it is', async () => {
    expect(await read({ [AT_ROOT]: document() }, CHALLENGED)).toMatchObject({ outcome: 'oauth.metadata_unavailable', asked: [CHALLENGED] })
  })

  it.each(['https://other.example/team/mcp', 'https://mcp.example/other', undefined])('of %s is refused, and no other place is asked', async (resource) => {
    const { outcome, asked } = await read({ [AT_PATH]: document({ resource }), [AT_ROOT]: document() })
    expect([outcome, asked]).toEqual(['oauth.resource_mismatch', [AT_PATH]])
  })

  it.each([undefined, [], 'https://as.example', ['javascript:alert(1)'], ['http://as.example'], ['https://user:pass@as.example'], ['https://as.example/#x'], [7]])(
    'that names no usable authorization server is refused: %s',
    async (authorization_servers) => expect((await read({ [AT_PATH]: document({ authorization_servers }) })).outcome).toBe('oauth.no_authorization_server'),
  )

  it('keeps the usable authorization servers, in their order and spelling', async () => {
    const { metadata } = await read({ [AT_PATH]: document({ authorization_servers: ['data:,x', 'https://As.example/tenant/', 'https://b.example'] }) })
    expect(metadata?.authorizationServers).toEqual(['https://As.example/tenant/', 'https://b.example'])
  })

  it('may name http on loopback where that is allowed, and nowhere else', async () => {
    const loopback = { [AT_PATH]: document({ authorization_servers: ['http://127.0.0.1:9000'] }) }
    expect((await read(loopback, undefined, true)).metadata?.authorizationServers).toEqual(['http://127.0.0.1:9000'])
    expect((await read(loopback)).outcome).toBe('oauth.no_authorization_server')
  })
})
