import { expect, it } from 'vitest'
import { pageHeaders } from '../../../server/http/page-headers.ts'

it('scripts run by nonce alone, and nobody frames a page', () => {
  const policy = pageHeaders({ nonce: 'N', https: false })['content-security-policy']!.split('; ')
  expect(policy).toEqual(expect.arrayContaining([`script-src 'nonce-N'`, `object-src 'none'`, `base-uri 'none'`, `frame-ancestors 'none'`, `form-action 'self'`]))
  expect(policy.find((rule) => rule.startsWith('script-src'))).not.toContain('unsafe')
})

it('pictures and sound come from here or lie in the page itself', () => {
  const policy = pageHeaders({ nonce: 'N', https: false })['content-security-policy']!.split('; ')
  expect(policy).toEqual(expect.arrayContaining([`img-src 'self' data:`, `media-src 'self' data:`]))
})

it('nothing of a page stays in a cache', () => {
  expect(pageHeaders({ nonce: 'N', https: false })).toHaveProperty('cache-control', 'no-store')
})

it('only https promises https', () => {
  expect(pageHeaders({ nonce: 'N', https: true })).toHaveProperty('strict-transport-security')
  expect(pageHeaders({ nonce: 'N', https: false })).not.toHaveProperty('strict-transport-security')
})
