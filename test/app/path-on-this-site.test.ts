import { expect, it } from 'vitest'
import { pathOnThisSite } from '../../app/lib/path-on-this-site.ts'

it.each([
  ['/app', '/app'],
  ['/app/demo/connections?state=error#first', '/app/demo/connections?state=error#first'],
  ['/app/../app/demo', '/app/demo'],
  ['/a b', '/a%20b'],
])('a path of this site is where the browser goes: %o', (to, path) => {
  expect(pathOnThisSite(to, '/app')).toBe(path)
})

it.each([
  null,
  '',
  'app',
  'https://evil.test/',
  '//evil.test/',
  '/\\evil.test/',
  '\\/evil.test/',
  '/\t/evil.test/',
  '/\n/evil.test/',
  '/.//evil.test/',
  '/..//evil.test/',
  '/x/..//evil.test/',
  'javascript:alert(1)',
  ' /app',
])('an address elsewhere, however it is spelled, is not followed: %o', (to) => {
  expect(pathOnThisSite(to, '/fallback')).toBe('/fallback')
})
