import { describe, expect, it } from 'vitest'
import { registerDynamically } from '../../../../server/oauth/registration/register-dynamically.ts'
import { codeOf, createMemoryWire, jsonResponse } from '../memory-wire.ts'
import { serverOf } from '../server-of.ts'

const DESCRIPTION = { clientName: 'Plugboard', clientUri: 'https://plug.example', redirectUri: 'https://plug.example/oauth/callback/x' }

async function register(answer: () => Response | Error, tokenAuthMethods = ['client_secret_basic']) {
  const wire = createMemoryWire({ post: answer })
  const registering = registerDynamically(wire, serverOf({ tokenAuthMethods }), DESCRIPTION)
  const outcome = await codeOf(registering)
  const [post] = wire.posts
  return { outcome, registration: await registering.catch(() => undefined), sent: JSON.parse(post!.body) as Record<string, unknown>, posts: wire.posts }
}
const created = (more: object = {}, status = 201) => () => jsonResponse(status, { client_id: 'c1', ...more })

describe('a dynamic registration', () => {
  it('says who we are, what we will ask for, and the one address to come back to', async () => {
    const { sent, posts } = await register(created())
    expect(sent).toEqual({
      client_name: 'Plugboard',
      client_uri: 'https://plug.example',
      redirect_uris: ['https://plug.example/oauth/callback/x'],
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      token_endpoint_auth_method: 'client_secret_basic',
      application_type: 'web',
    })
    expect(posts.map(({ url }) => url)).toEqual(['https://as.example/register'])
  })

  it.each([
    [['client_secret_post', 'client_secret_basic', 'none'], 'none'],
    [['client_secret_post', 'client_secret_basic'], 'client_secret_basic'],
    [['client_secret_post', 'private_key_jwt'], 'client_secret_post'],
    [['private_key_jwt'], 'client_secret_basic'],
    [[], 'client_secret_basic'],
  ])('at a server that offers %j asks for %s', async (offered, method) => {
    expect((await register(created(), offered)).sent.token_endpoint_auth_method).toBe(method)
  })

  it.each([
    [{}, 'none', undefined],
    [{ client_secret: '' }, 'none', undefined],
    [{ client_secret: 's' }, 'client_secret_basic', 's'],
    [{ client_secret: 's', token_endpoint_auth_method: 'client_secret_post' }, 'client_secret_post', 's'],
    [{ client_secret: 's', token_endpoint_auth_method: 'none' }, 'client_secret_basic', 's'],
    [{ client_secret: 's', token_endpoint_auth_method: 'private_key_jwt' }, 'client_secret_basic', 's'],
    [{ token_endpoint_auth_method: 'client_secret_basic' }, 'none', undefined],
  ])('answered with %j goes on by %s', async (answer, tokenAuthMethod, clientSecret) => {
    expect((await register(created(answer))).registration?.client).toEqual({ clientId: 'c1', clientSecret, tokenAuthMethod })
  })

  it.each([
    [1_900_000_000, 1_900_000_000_000],
    [0, undefined],
    [-1, undefined],
    ['1900000000', undefined],
    [1e300, undefined],
    [1.5, 1500],
    [undefined, undefined],
  ])('whose secret expires at %s is remembered until %s', async (client_secret_expires_at, expected) => {
    expect((await register(created({ client_secret: 's', client_secret_expires_at }))).registration?.secretExpiresAtMs).toBe(expected)
  })

  it('without a secret has none that expires', async () => {
    expect((await register(created({ client_secret_expires_at: 1_900_000_000 }))).registration?.secretExpiresAtMs).toBeUndefined()
  })

  it('may be answered with 200 instead of 201', async () => {
    expect((await register(created({}, 200))).registration?.client.clientId).toBe('c1')
  })

  it.each<[string, () => Response | Error, string]>([
    ['a refusal', () => jsonResponse(400, { error: 'invalid_redirect_uri' }), 'oauth.registration_refused'],
    ['a closed door', () => jsonResponse(403, '<html>'), 'oauth.registration_refused'],
    ['no client id', () => jsonResponse(201, {}), 'oauth.registration_refused'],
    ['an empty client id', () => jsonResponse(201, { client_id: '' }), 'oauth.registration_refused'],
    ['a client id that is no text', () => jsonResponse(201, { client_id: 7 }), 'oauth.registration_refused'],
    ['a page', () => jsonResponse(201, '<html>'), 'oauth.registration_refused'],
    ['a redirect', () => new Response(null, { status: 302, headers: { location: 'https://evil.example' } }), 'oauth.registration_refused'],
    ['too many requests', () => jsonResponse(429, {}), 'oauth.token_unavailable'],
    ['an outage', () => jsonResponse(503, {}), 'oauth.token_unavailable'],
    ['a lost connection', () => new Error('reset'), 'oauth.token_unavailable'],
  ])('that ends in %s is told apart', async (_what, answer, code) => {
    const { outcome, posts } = await register(answer)
    expect([outcome, posts.length]).toEqual([code, 1])
  })
})
