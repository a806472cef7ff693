// A grant belongs to the issuer that made it. Its secrets go to the endpoints that were pinned at consent, for the resource
// that it was made for, whatever documents say later.
import { createHash } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { findCanaries } from '../support/canary.ts'
import { SECOND_MS } from '../../server/lib/units.ts'
import { type HostileAuthorizationServer, type SeenRequest, startHostileAuthorizationServer } from '../support/hostile-authorization-server.ts'
import { consentTo } from '../support/oauth-connection.ts'
import { type OAuthSetting, startOAuthSetting } from '../support/oauth-setting.ts'

let setting: OAuthSetting
beforeEach(async () => {
  setting = await startOAuthSetting()
})
afterEach(() => setting.close())

const expire = () => setting.plugboard.advance(301 * SECOND_MS)
const whatWasSaid = (requests: readonly SeenRequest[]): string =>
  requests.map(({ path, query, form, authorization }) => `${path} ${query.toString()} ${form.toString()} ${authorization ?? ''} ${Buffer.from(authorization?.split(' ')[1] ?? '', 'base64').toString()}`).join('\n')

describe('everything that is sent to an authorization server', () => {
  it('names the resource, and proves with S256 that who exchanges is who asked', async () => {
    await consentTo(setting.plugboard.house, await setting.connect())
    const [authorize] = setting.authorization.to('/authorize')
    const [exchange] = setting.authorization.to('/token')
    const verifier = exchange!.form.get('code_verifier')!
    expect(verifier).toMatch(/^[A-Za-z0-9\-._~]{43,128}$/)
    expect(Object.fromEntries(authorize!.query)).toMatchObject({
      response_type: 'code',
      code_challenge_method: 'S256',
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      resource: setting.upstream.url,
      scope: 'mcp:read',
    })
    expect(authorize!.query.get('state')!.length).toBeGreaterThan(21)
    expect(Object.fromEntries(exchange!.form)).toMatchObject({ resource: setting.upstream.url, redirect_uri: authorize!.query.get('redirect_uri') })
    expire()
    await setting.call()
    const refresh = setting.authorization.to('/token')[1]!
    expect(Object.fromEntries(refresh.form)).toMatchObject({ grant_type: 'refresh_token', resource: setting.upstream.url })
  })

  it('is new with every request: verifier, state and challenge', async () => {
    for (const id of ['one', 'two']) await consentTo(setting.plugboard.house, await setting.connect(id))
    const [first, second] = setting.authorization.to('/authorize')
    for (const name of ['state', 'code_challenge']) expect(first!.query.get(name)).not.toBe(second!.query.get(name))
  })
})

describe('a refresh', () => {
  it.each([404, 500])('goes to the pinned endpoint alone while every document answers %i', async (documentStatus) => {
    await setting.connectAndConsent()
    setting.authorization.set({ documentStatus })
    expire()
    expect((await setting.call()).status).toBe(200)
    expect(setting.authorization.requests.map(({ method, path }) => `${method} ${path}`)).toEqual(['POST /token'])
  })

  it('goes to the pinned endpoint when the document names another', async () => {
    await setting.connectAndConsent()
    setting.authorization.set({ document: { token_endpoint: `${setting.authorization.issuer}/elsewhere` } })
    expire()
    expect((await setting.call()).status).toBe(200)
    expect(setting.authorization.to('/elsewhere')).toEqual([])
  })
})

describe('an MCP server that moves to another authorization server', () => {
  let other: HostileAuthorizationServer
  beforeEach(async () => {
    other = await startHostileAuthorizationServer()
    return () => other.close()
  })

  it('gets nothing of the old one sent to the new one; once the old one has ended the grant, a person is asked', async () => {
    await setting.connectAndConsent()
    const secrets = [...setting.authorization.issued]
    setting.trusted.issuer = other.issuer
    expire()
    expect((await setting.call()).status).toBe(200)
    expect(other.requests).toEqual([])

    setting.authorization.grants.endAll()
    expire()
    expect(await setting.call()).toMatchObject({ status: 401, body: { code: 'connection.auth_required' } })
    const view = await setting.view()
    expect(view.status).toMatchObject({ state: 'auth_required' })

    // The new consent is with the new server, as a client of its own, at an address of its own.
    setting.trusted.introspect = other.introspect
    await consentTo(setting.plugboard.house, view)
    expect((await setting.call()).status).toBe(200)
    expect(other.to('/register').length).toBe(1)
    expect(findCanaries(whatWasSaid(other.requests), secrets)).toEqual([])
    expect(findCanaries(whatWasSaid(setting.authorization.requests), other.issued)).toEqual([])
  })
})
