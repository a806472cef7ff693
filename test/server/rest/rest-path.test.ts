import { describe, expect, it } from 'vitest'
import { RESERVED_NAMES } from '../../../server/namespaces/namespace-name.ts'
import { isRestRequest } from '../../../server/rest/rest-path.ts'

const browser = { method: 'GET', accept: 'text/html,application/xhtml+xml,*/*;q=0.8', authorization: undefined }
const program = { method: 'GET', accept: 'application/json', authorization: undefined }

describe('the REST door takes', () => {
  it.each(['/shop', '/shop/wiki', '/shop/wiki/.tools/echo', '/connect/shop', '/namespaces', '/keys/key_1', '/health', '/openapi.json', '/tokens', '/servers/x'])(
    '%s from a program',
    (pathname) => {
      expect(isRestRequest({ ...program, pathname })).toBe(true)
    },
  )

  it('a namespace that a browser asks for with a credential', () => {
    expect(isRestRequest({ ...browser, authorization: 'Bearer x', pathname: '/shop' })).toBe(true)
  })

  it('its own words also from a browser, for which it has an answer', () => {
    expect(isRestRequest({ ...browser, pathname: '/openapi.json' })).toBe(true)
    expect(isRestRequest({ ...browser, pathname: '/health' })).toBe(true)
  })
})

describe('the REST door leaves', () => {
  it('a browser that is lost to the page that says so', () => {
    expect(isRestRequest({ ...browser, pathname: '/shop' })).toBe(false)
    expect(isRestRequest({ ...browser, pathname: '/no/such/page' })).toBe(false)
  })

  it('the first page and every file at the root to the pages', () => {
    for (const pathname of ['/', '/favicon.ico', '/robots.txt', '/connect.js', '/.well-known/x', '/_data']) {
      expect(isRestRequest({ ...program, pathname })).toBe(false)
    }
  })

  it('every reserved word that the dialect does not use to the pages', () => {
    const own = new Set(['namespaces', 'keys', 'connect', 'health', 'tokens', 'servers', 'skills', 'organizations', 'connect-sessions', 'api'])
    const taken = [...RESERVED_NAMES].filter((word) => !own.has(word) && isRestRequest({ ...program, pathname: `/${word}/x` }))
    expect(taken).toEqual([])
  })
})
