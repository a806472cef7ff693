import { expect, it } from 'vitest'
import { forwardHeaders } from '../../../server/gateway/forward-headers.ts'

it('what concerns the upstream goes on, as it was sent', () => {
  const headers = {
    accept: 'application/json, text/event-stream',
    'mcp-protocol-version': '2025-11-25',
    'mcp-method': 'tools/call',
    'mcp-name': '=?base64?w6k=?=',
    'mcp-param-region': 'eu',
    'last-event-id': '7',
    traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
  }
  expect(forwardHeaders(headers)).toEqual(headers)
})

it.each([
  'authorization',
  'cookie',
  'proxy-authorization',
  'origin',
  'referer',
  'host',
  'forwarded',
  'x-forwarded-for',
  'x-real-ip',
  'user-agent',
  'mcp-session-id',
  'content-type',
  'content-length',
  'transfer-encoding',
  'connection',
  'upgrade',
  'te',
  'via',
  'x-api-key',
  'tracestate',
  'baggage',
  'mcp-params-x',
  'x-mcp-param-y',
  '__proto__',
])('%s stays between the caller and us', (name) => {
  expect(forwardHeaders(Object.fromEntries([[name, 'secret']]))).toEqual({})
})

it('a header that is repeated or huge does not go on', () => {
  expect(
    forwardHeaders({ accept: 'x'.repeat(8193), 'mcp-param-a': 'x'.repeat(8193), 'mcp-param-b': ['a', 'b'], 'last-event-id': undefined })
  ).toEqual({})
})
