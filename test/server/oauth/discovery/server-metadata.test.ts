import { describe, expect, it } from 'vitest'
import { readServerMetadata, serverMetadataUrls } from '../../../../server/oauth/discovery/server-metadata.ts'
import type { Document } from '../../../../server/oauth/wire.ts'
import { codeOf, createMemoryWire } from '../memory-wire.ts'

const ISSUER = 'https://as.example/tenant'
const [OAUTH, OPENID, OPENID_APPENDED] = serverMetadataUrls(new URL(ISSUER)).map(String) as [string, string, string]
const document = (more: object = {}, issuer = ISSUER): Document => ({
  status: 200,
  json: {
    issuer,
    authorization_endpoint: 'https://as.example/authorize',
    token_endpoint: 'https://as.example/token',
    code_challenge_methods_supported: ['plain', 'S256'],
    ...more,
  },
})

async function read(documents: Record<string, Document | Error>, more: { issuer?: string; trustedIssuer?: string; allowHttpLoopback?: boolean; forMachine?: boolean } = {}) {
  const wire = createMemoryWire({ documents })
  const reading = readServerMetadata(wire, { issuer: ISSUER, allowHttpLoopback: false, ...more })
  return { outcome: await codeOf(reading), metadata: await reading.catch(() => undefined), asked: wire.asked }
}

describe('the places of an authorization server’s metadata', () => {
  it('are three for an issuer with a path', () => {
    expect([OAUTH, OPENID, OPENID_APPENDED]).toEqual([
      'https://as.example/.well-known/oauth-authorization-server/tenant',
      'https://as.example/.well-known/openid-configuration/tenant',
      'https://as.example/tenant/.well-known/openid-configuration',
    ])
  })
  it.each(['https://as.example', 'https://as.example/'])('are two for %s', (issuer) => {
    expect(serverMetadataUrls(new URL(issuer)).map(String)).toEqual([
      'https://as.example/.well-known/oauth-authorization-server',
      'https://as.example/.well-known/openid-configuration',
    ])
  })
})

describe('an authorization server’s metadata', () => {
  it('is read with what it leaves out filled in', async () => {
    expect((await read({ [OAUTH]: document() })).metadata).toEqual({
      issuer: ISSUER,
      authorizationEndpoint: 'https://as.example/authorize',
      tokenEndpoint: 'https://as.example/token',
      registrationEndpoint: undefined,
      revocationEndpoint: undefined,
      scopesSupported: undefined,
      tokenAuthMethods: ['client_secret_basic'],
      issParameterSupported: false,
      metadataDocumentSupported: false,
      protectedResources: undefined,
    })
  })

  it('is looked for in order, past what is not there', async () => {
    const { outcome, asked } = await read({ [OPENID]: { status: 200, json: undefined }, [OPENID_APPENDED]: document() })
    expect([outcome, asked]).toEqual(['ok', [OAUTH, OPENID, OPENID_APPENDED]])
  })

  it.each([429, 500, 503])('is not looked for elsewhere while the first place answers %i', async (status) => {
    const { outcome, asked } = await read({ [OAUTH]: { status, json: {} }, [OPENID]: document() })
    expect([outcome, asked]).toEqual(['oauth.metadata_unavailable', [OAUTH]])
  })

  it('is not looked for elsewhere while the server cannot be reached', async () => {
    expect(await read({ [OAUTH]: new Error('reset'), [OPENID]: document() })).toMatchObject({ outcome: 'oauth.metadata_unavailable', asked: [OAUTH] })
  })

  it('that is nowhere is an outage of discovery, not a guess', async () => {
    expect((await read({})).outcome).toBe('oauth.metadata_unavailable')
  })

  it.each(['https://as.example/tenant/', 'https://as.example/Tenant', 'https://AS.example/tenant', 'https://as.example:443/tenant', 'https://as.example/%74enant', 'http://as.example/tenant', 'https://evil.example/tenant', 'https://as.example'])(
    'that names the issuer %s is another server’s, and no other place is asked',
    async (issuer) => {
      const { outcome, asked } = await read({ [OAUTH]: document({}, issuer), [OPENID]: document() })
      expect([outcome, asked]).toEqual(['oauth.issuer_mismatch', [OAUTH]])
    },
  )

  it('may name the one other issuer that the operator trusts it to name', async () => {
    const documents = { [OAUTH]: document({}, 'https://login.example') }
    expect((await read(documents, { trustedIssuer: 'https://login.example' })).metadata?.issuer).toBe('https://login.example')
    expect((await read(documents, { trustedIssuer: 'https://login.example/' })).outcome).toBe('oauth.issuer_mismatch')
  })

  it.each([undefined, [], ['plain'], 'S256', ['s256'], ['S256', 7]])('without PKCE by S256 is refused: %s', async (methods) => {
    expect((await read({ [OAUTH]: document({ code_challenge_methods_supported: methods }) })).outcome).toBe('oauth.pkce_unsupported')
  })

  const hostile = [
    'javascript:alert(1)', 'data:text/html,x', 'file:///etc/passwd', 'vbscript:x', '//as.example/x', '/authorize', '', 7, {},
    'http://as.example/x', 'http://127.0.0.1/x', 'https://user@as.example/x', 'https://u:p@as.example/x', 'https://as.example/x#part', `https://as.example/${'x'.repeat(10_000)}`,
  ]
  it.each(['authorization_endpoint', 'token_endpoint', 'registration_endpoint', 'revocation_endpoint'])('whose %s is no plain https address is refused', async (endpoint) => {
    for (const url of hostile) expect([url, (await read({ [OAUTH]: document({ [endpoint]: url }) })).outcome]).toEqual([url, 'oauth.unsafe_endpoint'])
  })

  it.each(['authorization_endpoint', 'token_endpoint'])('without a %s is refused', async (endpoint) => {
    expect((await read({ [OAUTH]: document({ [endpoint]: undefined }) })).outcome).toBe('oauth.unsafe_endpoint')
  })

  it('needs neither PKCE nor an address for people where no person is sent there', async () => {
    const bare = { [OAUTH]: document({ code_challenge_methods_supported: undefined, authorization_endpoint: undefined }) }
    expect((await read(bare, { forMachine: true })).outcome).toBe('ok')
    expect((await read({ [OAUTH]: document({ token_endpoint: undefined }) }, { forMachine: true })).outcome).toBe('oauth.unsafe_endpoint')
  })

  it('may name http on loopback where that is allowed', async () => {
    const issuer = 'http://127.0.0.1:9000'
    const documents = { [`${issuer}/.well-known/oauth-authorization-server`]: document({ token_endpoint: `${issuer}/token` }, issuer) }
    expect((await read(documents, { issuer, allowHttpLoopback: true })).outcome).toBe('ok')
    expect(await read(documents, { issuer })).toMatchObject({ outcome: 'oauth.unsafe_endpoint', asked: [] })
  })

  it('cannot bring a line break or a space into an address', async () => {
    const { metadata } = await read({ [OAUTH]: document({ authorization_endpoint: 'https://as.example/a\r\nX: 1/$(calc) b' }) })
    expect(metadata?.authorizationEndpoint).toMatch(/^[\x21-\x7e]+$/)
  })
})
