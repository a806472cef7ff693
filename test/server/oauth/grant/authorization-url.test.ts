import { describe, expect, it } from 'vitest'
import { type AuthorizationRequest, authorizationUrl } from '../../../../server/oauth/grant/authorization-url.ts'

const request: AuthorizationRequest = {
  clientId: 'c1',
  redirectUri: 'https://plug.example/oauth/callback/x',
  oauthState: 'state',
  codeChallenge: 'challenge',
  resource: 'https://mcp.example/mcp',
  scope: 'read write',
  extra: {},
}
const own = {
  response_type: 'code',
  client_id: 'c1',
  redirect_uri: 'https://plug.example/oauth/callback/x',
  state: 'state',
  code_challenge: 'challenge',
  code_challenge_method: 'S256',
  resource: 'https://mcp.example/mcp',
  scope: 'read write',
}
const paramsOf = (more: Partial<AuthorizationRequest> = {}, authorizationEndpoint = 'https://as.example/authorize') => {
  const url = authorizationUrl({ authorizationEndpoint }, { ...request, ...more })
  return { url, params: Object.fromEntries(url.searchParams), count: [...url.searchParams].length }
}

describe('where a browser is sent', () => {
  it('carries what identifies the request, PKCE and the resource', () => {
    const { url, params } = paramsOf()
    expect([url.origin + url.pathname, params]).toEqual(['https://as.example/authorize', own])
  })

  it('keeps the query of the endpoint', () => {
    expect(paramsOf({}, 'https://as.example/authorize?tenant=a').params).toEqual({ tenant: 'a', ...own })
  })

  it('is not changed by what the endpoint’s own query says', () => {
    const endpoint = `https://as.example/authorize?${new URLSearchParams(Object.keys(own).map((name) => [name, 'theirs'])).toString()}`
    const { params, count } = paramsOf({}, endpoint)
    expect([params, count]).toEqual([own, 8])
  })

  it('is not changed by extra parameters, which are added beside it', () => {
    const extra = { ...Object.fromEntries(Object.keys(own).map((name) => [name, 'theirs'])), audience: 'api' }
    const { params, count } = paramsOf({ extra })
    expect([params, count]).toEqual([{ ...own, audience: 'api' }, 9])
  })

  it('gets no scope or resource from extra parameters where we leave them out', () => {
    const { params } = paramsOf({ scope: undefined, resource: undefined, extra: { scope: 'admin', resource: 'https://evil.example' } })
    expect([params.scope, params.resource]).toEqual([undefined, undefined])
  })

  it('asks for consent where a refresh token would else be left out, unless something else was asked for', () => {
    expect(paramsOf({ scope: 'read offline_access' }).params.prompt).toBe('consent')
    expect(paramsOf({ scope: 'read offline_access', extra: { prompt: 'login' } }).params.prompt).toBe('login')
    expect(paramsOf({ scope: 'read offline_access_not' }).params.prompt).toBeUndefined()
  })

  it('says every value so that it cannot be read as another parameter', () => {
    const { url, params } = paramsOf({ scope: 'a&state=evil#x', clientId: 'c\r\n1' })
    expect([params.scope, params.client_id, params.state]).toEqual(['a&state=evil#x', 'c\r\n1', 'state'])
    expect(url.href).toMatch(/^[\x21-\x7e]+$/)
  })
})
