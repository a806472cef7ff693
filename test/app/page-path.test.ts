import { expect, it } from 'vitest'
import { pagePath } from '../../app/lib/page-path.ts'

it.each([
  ['/app/demo', '/app/demo'],
  ['/app/demo.data', '/app/demo'],
  ['/_root.data', '/'],
  ['/app/demo/connections.data?state=error&_routes=root', '/app/demo/connections?state=error'],
])('%s belongs to the page %s', (address, path) => {
  expect(pagePath(new URL(address, 'http://127.0.0.1'))).toBe(path)
})
