import { describe, expect, it } from 'vitest'
import { readTokenResponse } from '../../../../server/oauth/grant/token-response.ts'
import { codeOf, errorOf, jsonResponse } from '../memory-wire.ts'

const granted = (more: object = {}) => readTokenResponse(jsonResponse(200, { access_token: 'a', token_type: 'Bearer', ...more }))
const YEAR = 365 * 24 * 3600

describe('a token answer', () => {
  it('is read', async () => {
    expect(await granted({ refresh_token: 'r', expires_in: 300, scope: 'read' })).toEqual({ accessToken: 'a', refreshToken: 'r', expiresInSeconds: 300, scope: 'read' })
  })

  it.each([
    [60, 60],
    ['3600', 3600],
    [59.9, 59],
    ['59.9', 59],
    [1e12, YEAR],
    [0, undefined],
    [-1, undefined],
    ['-1', undefined],
    ['NaN', undefined],
    ['Infinity', undefined],
    ['soon', undefined],
    ['', undefined],
    ['0x10', undefined],
    [null, undefined],
    [true, undefined],
    [[60], undefined],
    [undefined, undefined],
  ])('that says it lives %j seconds is taken for %s', async (expires_in, expected) => {
    expect((await granted({ expires_in })).expiresInSeconds).toBe(expected)
  })

  it('whose number is larger than numbers can be is not taken at its word', async () => {
    const endless = readTokenResponse(jsonResponse(200, '{"access_token":"a","token_type":"bearer","expires_in":1e999}'))
    expect((await endless).expiresInSeconds).toBeUndefined()
  })

  it.each(['bearer', 'BEARER', undefined])('may be of the type %s', async (token_type) => expect((await granted({ token_type })).accessToken).toBe('a'))

  it.each(['DPoP', 'mac', ''])('of the type %s cannot be used', async (token_type) => expect(await codeOf(granted({ token_type }))).toBe('oauth.token_refused'))

  it.each(['', undefined, null, 7, 'a b', 'a\r\nX-Evil: 1', 'ä'])('with %j for a token is no answer', async (access_token) => {
    expect(await codeOf(granted({ access_token }))).toBe('oauth.token_unavailable')
  })

  it('without a new refresh token leaves the old one good', async () => {
    for (const refresh_token of [undefined, '', null, 7]) expect((await granted({ refresh_token })).refreshToken).toBeUndefined()
  })

  it('is not a refusal because something is called error in it', async () => {
    expect((await granted({ error: '' })).accessToken).toBe('a')
    expect((await granted({ error: 'invalid_grant' })).accessToken).toBe('a')
  })
})

describe('an answer without a token', () => {
  it.each<[number, unknown, string]>([
    [400, { error: 'invalid_grant' }, 'oauth.grant_invalid'],
    [401, { error: 'invalid_grant' }, 'oauth.grant_invalid'],
    [200, { error: 'invalid_grant' }, 'oauth.grant_invalid'],
    [401, { error: 'invalid_client' }, 'oauth.client_invalid'],
    [400, { error: 'unauthorized_client' }, 'oauth.client_invalid'],
    [400, { error: 'invalid_scope' }, 'oauth.token_refused'],
    [400, { error: 'invalid_target' }, 'oauth.token_refused'],
    [400, { error: 'temporarily_unavailable' }, 'oauth.token_unavailable'],
    [400, { error: 'server_error' }, 'oauth.token_unavailable'],
    [400, { error: 7 }, 'oauth.token_unavailable'],
    [400, '<html>invalid_grant</html>', 'oauth.token_unavailable'],
    [400, ['invalid_grant'], 'oauth.token_unavailable'],
    [404, '', 'oauth.token_unavailable'],
    [408, { error: 'invalid_grant' }, 'oauth.token_unavailable'],
    [429, { error: 'invalid_grant' }, 'oauth.token_unavailable'],
    [500, { error: 'invalid_grant' }, 'oauth.token_unavailable'],
    [503, '', 'oauth.token_unavailable'],
    [302, '', 'oauth.token_unavailable'],
    [201, { access_token: 'a', token_type: 'bearer' }, 'oauth.token_unavailable'],
    [200, '{"access_token":', 'oauth.token_unavailable'],
    [200, '', 'oauth.token_unavailable'],
    [200, null, 'oauth.token_unavailable'],
  ])('of status %i with %j is %s', async (status, body, code) => {
    expect(await codeOf(readTokenResponse(jsonResponse(status, body)))).toBe(code)
  })

  it.each([
    ['60', 60],
    ['999999', 3600],
    ['0', undefined],
    ['-5', undefined],
    ['Wed, 21 Oct 2026 07:28:00 GMT', undefined],
    ['1e3', undefined],
  ])('that asks to wait %s is asked again after %s seconds', async (header, seconds) => {
    const { retryAfterSeconds } = await errorOf(readTokenResponse(jsonResponse(429, {}, { 'retry-after': header })))
    expect(retryAfterSeconds).toBe(seconds)
  })

  it('never has its text in our own words', async () => {
    const body = { error: 'invalid_grant', error_description: `<b>secret</b>${'x'.repeat(5000)}` }
    const { message, details } = await errorOf(readTokenResponse(jsonResponse(400, body)))
    const { upstream } = details as { upstream: { description: string } }
    expect([message.includes('secret'), upstream.description.length]).toEqual([false, 500])
  })
})
