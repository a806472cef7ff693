import { generateKeyPairSync, verify } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { requestClientCredentials } from '../../../../server/oauth/grant/client-credentials.ts'
import { exchangeIdToken } from '../../../../server/oauth/grant/exchange-id-token.ts'
import { requestWithAssertion } from '../../../../server/oauth/grant/jwt-bearer.ts'
import { readPrivateKey } from '../../../../server/oauth/private-key.ts'
import { codeOf, createMemoryWire, jsonResponse } from '../memory-wire.ts'
import { serverOf } from '../server-of.ts'

const server = serverOf()
const pair = { clientId: 'c1', clientSecret: 's3cret', tokenAuthMethod: 'client_secret_post' as const }
const target = { resource: 'https://mcp.example/mcp', scope: 'read write' }
const granting = (body: object = { access_token: 't1', token_type: 'Bearer' }) => createMemoryWire({ post: () => jsonResponse(200, body) })
const formOf = (wire: ReturnType<typeof granting>) => Object.fromEntries(new URLSearchParams(wire.posts[0]!.body))

describe('client credentials', () => {
  it('are one request, for the resource and scope that are wanted', async () => {
    const wire = granting()
    expect((await requestClientCredentials(wire, { server, client: pair, ...target })).accessToken).toBe('t1')
    expect([wire.posts[0]!.url, formOf(wire)]).toEqual([server.tokenEndpoint, { grant_type: 'client_credentials', client_id: 'c1', client_secret: 's3cret', ...target }])
  })

  it('with a key are an assertion of the client about itself, signed for this issuer alone and for a moment', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const key = readPrivateKey({ ...(privateKey.export({ format: 'jwk' }) as object), kid: 'k1' })
    const wire = granting()
    const client = { clientId: 'c1', clientSecret: undefined, privateKey: key, tokenAuthMethod: 'private_key_jwt' as const }
    await requestClientCredentials(wire, { server, client, resource: undefined, scope: undefined })
    const { client_assertion: assertion = '', ...form } = formOf(wire)
    expect(form).toEqual({ grant_type: 'client_credentials', client_id: 'c1', client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer' })
    const [header = '', payload = '', signature = ''] = assertion.split('.')
    const read = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString()) as Record<string, unknown>
    expect(read(header)).toEqual({ alg: 'ES256', kid: 'k1' })
    const { iss, sub, aud, exp, iat, jti } = read(payload) as { exp: number; iat: number } & Record<string, unknown>
    expect([iss, sub, aud, typeof jti, exp - iat <= 60]).toEqual(['c1', 'c1', server.issuer, 'string', true])
    const signed = Buffer.from(`${header}.${payload}`)
    expect(verify('sha256', signed, { key: publicKey, dsaEncoding: 'ieee-p1363' }, Buffer.from(signature, 'base64url'))).toBe(true)
  })
})

describe('an assertion', () => {
  it('is what a token is asked for with', async () => {
    const wire = granting()
    await requestWithAssertion(wire, { server, client: { clientId: 'c1', clientSecret: undefined, tokenAuthMethod: 'none' }, assertion: 'a.b.c', ...target })
    expect(formOf(wire)).toEqual({ grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', client_id: 'c1', assertion: 'a.b.c', ...target })
  })
})

describe('an ID token', () => {
  const exchange = (body: object, status = 200) =>
    exchangeIdToken(createMemoryWire({ post: () => jsonResponse(status, body) }), { server, client: pair, idToken: 'i.d.t', audience: 'https://other.example', ...target })
  const type = 'urn:ietf:params:oauth:token-type:id-jag'

  it('is exchanged for an assertion', async () => {
    expect(await exchange({ access_token: 'a.b.c', issued_token_type: type, token_type: 'N_A' })).toBe('a.b.c')
  })

  it.each([
    ['an access token of the identity provider itself', { access_token: 't', issued_token_type: 'urn:ietf:params:oauth:token-type:access_token', token_type: 'Bearer' }],
    ['something that does not say what it is', { access_token: 't', token_type: 'N_A' }],
    ['no token', { issued_token_type: type }],
  ])('for which %s comes back is shown to nobody else', async (_what, body) => {
    expect(await codeOf(exchange(body))).toBe('oauth.token_refused')
  })

  it('that is refused is no outage', async () => {
    expect(await codeOf(exchange({ error: 'invalid_request' }, 400))).toBe('oauth.token_refused')
    expect(await codeOf(exchange({}, 503))).toBe('oauth.token_unavailable')
  })
})
