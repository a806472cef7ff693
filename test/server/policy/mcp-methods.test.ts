import type { ClientNotification, ClientRequest } from '@modelcontextprotocol/client'
import { ClientNotificationSchema, ClientRequestSchema } from '@modelcontextprotocol/sdk/types.js'
import { expect, it } from 'vitest'
import { findMethod, isSharedMethod } from '../../../server/policy/mcp-methods.ts'

const sessionEra = [...ClientRequestSchema.options, ...ClientNotificationSchema.options].map(({ shape }) => shape.method.value)

// The newer SDK has types only: the compiler refuses this list when it is not all of them.
const statelessEra: Record<ClientRequest['method'] | ClientNotification['method'] | 'server/discover' | 'subscriptions/listen', true> = {
  'completion/complete': true,
  initialize: true,
  'logging/setLevel': true,
  'notifications/cancelled': true,
  'notifications/initialized': true,
  'notifications/progress': true,
  'notifications/roots/list_changed': true,
  ping: true,
  'prompts/get': true,
  'prompts/list': true,
  'resources/list': true,
  'resources/read': true,
  'resources/subscribe': true,
  'resources/templates/list': true,
  'resources/unsubscribe': true,
  'server/discover': true,
  'subscriptions/listen': true,
  'tools/call': true,
  'tools/list': true,
}

it('every method that a client of either SDK can send is in the table', () => {
  expect(sessionEra.length).toBeGreaterThan(20)
  expect([...sessionEra, ...Object.keys(statelessEra)].filter((method) => !findMethod(method))).toEqual([])
})

it('callers who share a session may read, call and cancel, and nothing else', () => {
  expect([...new Set([...sessionEra, ...Object.keys(statelessEra)])].filter(isSharedMethod).sort()).toEqual([
    'completion/complete',
    'notifications/cancelled',
    'ping',
    'prompts/get',
    'prompts/list',
    'resources/list',
    'resources/read',
    'resources/templates/list',
    'server/discover',
    'tools/call',
    'tools/list',
  ])
})

it.each(['', 'tools/Call', 'tools/call ', 'x/new', 'constructor', '__proto__', 'toString'])(
  '%j is no method that anybody shares',
  (method) => {
    expect(findMethod(method)).toBeUndefined()
    expect(isSharedMethod(method)).toBe(false)
  }
)
