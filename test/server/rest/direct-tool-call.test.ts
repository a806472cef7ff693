import { expect, it } from 'vitest'
import { findToolCall } from '../../../server/rest/direct-tool-call.ts'

it.each([
  ['/acme/c1/.tools/echo', { namespace: 'acme', connectionId: 'c1', tool: 'echo' }],
  ['/connect/acme/c1/.tools/issues.create', { namespace: 'acme', connectionId: 'c1', tool: 'issues.create' }],
  ['/acme/C_1-x/.tools/_a', { namespace: 'acme', connectionId: 'C_1-x', tool: '_a' }],
])('a plainly spelt tool call is found without the router: %s', (path, call) => {
  expect(findToolCall(path)).toEqual(call)
})

it.each([
  '/acme/c1/.tools/issues/create',
  '/acme/c1/.tools/issues%2Fcreate',
  '/acme/c1/.tools/..',
  '/acme/c1/.tools/echo?x=1',
  '/acme/c1/.tools/',
  '/acme/c1/%2Etools/echo',
  '/acme/../c1/.tools/echo',
  '/connect/c1/.tools/echo',
  '/trpc/c1/.tools/echo',
  '/mcp/c1/.tools/echo',
  'http://elsewhere/acme/c1/.tools/echo',
])('whatever could be read in another way is left to the router: %s', (path) => {
  expect(findToolCall(path)).toBeUndefined()
})
