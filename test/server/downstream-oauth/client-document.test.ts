import { describe, expect, it } from 'vitest'
import { readClientDocument } from '../../../server/downstream-oauth/client-document.ts'

const ADDRESS = 'https://app.example/client.json'
const GOOD = { client_id: ADDRESS, client_name: 'An app', redirect_uris: ['https://app.example/callback', 'http://127.0.0.1/callback'] }
const answer = (changes: object = {}, more: { status?: number; headers?: Record<string, string>; json?: unknown } = {}) => ({
  status: 200,
  headers: { 'content-type': 'application/json' },
  json: { ...GOOD, ...changes },
  ...more,
})

describe('the document of a client', () => {
  it('says what it is called and where it may have people sent', () => {
    expect(readClientDocument(ADDRESS, answer())).toEqual({ name: 'An app', redirectUris: GOOD.redirect_uris })
  })

  it('may say more, and be of a type of its own', () => {
    const told = { logo_uri: 'https://app.example/logo.png', token_endpoint_auth_method: 'none', grant_types: ['authorization_code', 'refresh_token'], response_types: ['code'] }
    expect(readClientDocument(ADDRESS, answer(told, { headers: { 'content-type': 'application/cimd+json; charset=utf-8' } })).name).toBe('An app')
  })

  it('has addresses that nobody is sent to left out, and its name put into one line', () => {
    const told = { client_name: 'Bank\u202e\nof you', redirect_uris: ['myapp://callback', 'http://app.example/', 'https://app.example/callback'] }
    expect(readClientDocument(ADDRESS, answer(told))).toEqual({ name: 'Bank of you', redirectUris: ['https://app.example/callback'] })
  })

  it.each<[what: string, changes: object, more?: Parameters<typeof answer>[1]]>([
    ['is another’s', { client_id: 'https://app.example/other.json' }],
    ['is another’s by one letter’s case', { client_id: 'https://app.example/Client.json' }],
    ['is the same but for a slash', { client_id: `${ADDRESS}/` }],
    ['names no client', { client_id: undefined }],
    ['names a number', { client_id: 1 }],
    ['has no redirect URIs', { redirect_uris: [] }],
    ['has redirect URIs that are none', { redirect_uris: 'https://app.example/callback' }],
    ['has only redirect URIs of its own scheme', { redirect_uris: ['myapp://callback'] }],
    ['has a name that is no text', { client_name: { en: 'An app' } }],
    ['proves itself with a secret', { token_endpoint_auth_method: 'client_secret_basic' }],
    ['proves itself with a key', { token_endpoint_auth_method: 'private_key_jwt' }],
    ['signs in otherwise', { grant_types: ['client_credentials'] }],
    ['wants tokens at once', { response_types: ['token'] }],
    ['is not there', {}, { status: 404 }],
    ['is only partly there', {}, { status: 206 }],
    ['is a page', {}, { headers: { 'content-type': 'text/html' } }],
    ['has no type', {}, { headers: {} }],
    ['is no JSON', {}, { json: undefined }],
    ['is a list', {}, { json: [GOOD] }],
    ['is null', {}, { json: null }],
  ])('that %s is not believed', (_what, changes, more) => {
    expect(() => readClientDocument(ADDRESS, answer(changes, more))).toThrow(expect.objectContaining({ code: 'downstream.client_document' }))
  })
})
