import { expect, it } from 'vitest'
import { pagePath } from '../../app/lib/page-path.ts'
import { signInPath } from '../../app/lib/sign-in-path.ts'

const urlOf = (address: string) => new URL(address, 'http://127.0.0.1')

it.each([
  ['/app/demo', '/app/demo'],
  ['/app/demo.data', '/app/demo'],
  ['/_root.data', '/'],
  ['/app/demo/connections.data?state=error&_routes=root', '/app/demo/connections'],
])('%s belongs to the page %s', (address, path) => {
  expect(pagePath(urlOf(address))).toBe(path)
})

it.each([
  ['/app/demo', '/app/demo'],
  ['/app/demo/connections.data?state=error&_routes=root', '/app/demo/connections?state=error'],
  ['/app/demo/playground?connection=a&tool=b%26c', '/app/demo/playground?connection=a&tool=b%26c'],
  ['/app?token=of-somebody&range=1h', '/app?range=1h'],
])('signing in at %s leads to %s: what our links do not use is not repeated', (address, to) => {
  const signIn = urlOf(signInPath(urlOf(address)))
  expect(signIn.pathname).toBe('/sign-in')
  expect(signIn.searchParams.get('to')).toBe(to)
})
