import { expect, it } from 'vitest'
import { partsOf } from '../../../server/egress/url-parts.ts'

it('the parts of a URL are those of what it is now, also after it was changed', () => {
  const url = new URL('https://mcp.example:8443/mcp?key=1#there')
  const parts = { href: url.href, origin: 'https://mcp.example:8443', host: 'mcp.example:8443', path: '/mcp?key=1' }
  expect(partsOf(url)).toEqual(parts)
  expect(partsOf(url)).toBe(partsOf(url))
  url.hostname = 'other.example'
  url.search = ''
  expect(partsOf(url)).toEqual({ href: url.href, origin: 'https://other.example:8443', host: 'other.example:8443', path: '/mcp' })
})
