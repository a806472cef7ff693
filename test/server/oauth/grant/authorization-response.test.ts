// RFC 9207 §2.4 as a table, for answers that grant and for answers that refuse.
import { describe, expect, it } from 'vitest'
import { checkAuthorizationResponse } from '../../../../server/oauth/grant/authorization-response.ts'
import { codeOf, errorOf } from '../memory-wire.ts'

const ISSUER = 'https://as.example/tenant'
const check = (query: string, issParameterSupported = false) => () =>
  checkAuthorizationResponse({ issuer: ISSUER, issParameterSupported }, 'c1', new URLSearchParams(query))
const named = `iss=${encodeURIComponent(ISSUER)}`
const REFUSAL = 'error=access_denied&error_description=No%20%3Cb%3Eway'

describe('an answer of the authorization server', () => {
  it.each([
    // advertised, iss, outcome of a code, outcome of an error
    [true, named, 'ok', 'oauth.authorization_refused'],
    [true, '', 'oauth.response_invalid', 'oauth.response_invalid'],
    [true, 'iss=https://evil.example', 'oauth.response_invalid', 'oauth.response_invalid'],
    [false, named, 'ok', 'oauth.authorization_refused'],
    [false, '', 'ok', 'oauth.authorization_refused'],
    [false, 'iss=https://evil.example', 'oauth.response_invalid', 'oauth.response_invalid'],
  ])('where its name is advertised: %s, and given as "%s": a code is %s, an error is %s', async (advertised, iss, forCode, forError) => {
    expect(await codeOf(check(`state=s&code=c&${iss}`, advertised))).toBe(forCode)
    expect(await codeOf(check(`state=s&${REFUSAL}&${iss}`, advertised))).toBe(forError)
  })

  it.each([
    'https://as.example/tenant/', 'https://as.example/Tenant', 'HTTPS://as.example/tenant', 'https://AS.example/tenant', 'https://as.example:443/tenant',
    'https://as.example/%74enant', 'http://as.example/tenant', 'https://as.example/tenant?', 'https://as.example/tenant#', ' https://as.example/tenant', 'https://as.example', '',
  ])('is another server’s when it is signed "%s"', async (iss) => {
    for (const advertised of [true, false]) {
      expect(await codeOf(check(`code=c&iss=${encodeURIComponent(iss)}`, advertised))).toBe('oauth.response_invalid')
    }
  })

  it('says nothing of an error that another server signed', async () => {
    const { message, details } = await errorOf(check(`${REFUSAL}&iss=https://evil.example`))
    expect([message, details]).toEqual([expect.not.stringContaining('way'), undefined])
  })

  it('that refuses is repeated in bounded text, marked as the server’s', async () => {
    const { details } = await errorOf(check(`error=access_denied&error_description=${'x'.repeat(5000)}`))
    expect(details).toEqual({ upstream: { error: 'access_denied', description: 'x'.repeat(500) } })
  })

  it.each(['code=a&code=b', 'code=a&code=a', 'code=', '', 'state=s', `code=a&${named}&${named}`, `code=a&${named}&iss=https://evil.example`, 'code=a&state=s&state=s', 'error=a&error=b', 'code=a&response=jwt', 'code=a&id_token=x', 'code=a&token=x'])(
    'that is none is refused: %s',
    async (query) => expect(await codeOf(check(query))).toBe('oauth.response_invalid'),
  )
})
