import { describe, expect, it } from 'vitest'
import { carryTrace, readTrace } from '../../../server/mcp/carry-trace.ts'
import { composeMessage } from '../../../server/mcp/compose-message.ts'
import { OUR_ENVELOPE } from '../../../server/mcp/envelope.ts'
import { scanCallerMessage, type ScannedMessage } from '../../../server/mcp/message-scan.ts'
import { buildPooledRequest, type PooledCall } from '../../../server/mcp/pooled-request.ts'
import { sessionOf } from './fake-upstream.ts'

const OURS = { traceparent: 'ours', tracestate: 'a="\\"' }
const THEIRS = { traceparent: 'theirs', tracestate: 'theirs' }

const scan = (params?: unknown) => scanCallerMessage(Buffer.from(JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', ...(params !== undefined && { params }) })))
const paramsOf = (bytes: Buffer) => (JSON.parse(bytes.toString()) as { params: Record<string, unknown> }).params

describe('a request goes on with our trace in place of its caller’s', () => {
  it.each([
    ['no params', undefined, { _meta: OURS }],
    ['empty params', {}, { _meta: OURS }],
    ['params', { name: 'é' }, { name: 'é', _meta: OURS }],
    ['an empty _meta', { _meta: {} }, { _meta: OURS }],
    ['another _meta', { _meta: { progressToken: 'p', 'x.y/z': [1] } }, { _meta: { ...OURS, progressToken: 'p', 'x.y/z': [1] } }],
    ['a trace', { _meta: { ...THEIRS, baggage: 'b=1' } }, { _meta: { ...OURS, baggage: 'b=1' } }],
  ])('that had %s', (_title, params, expected) => expect(paramsOf(carryTrace(scan(params), OURS))).toEqual(expected))

  it('and nothing else of it is written anew', () => {
    const text = '{ "params" : {"big":1e400,"é":"\\u00e9\\/", "_meta":{ "x":0.10 , "traceparent" : "t" }},\n"method":"ping","jsonrpc":"2.0","id" : "one" }'
    const carried = carryTrace(scanCallerMessage(Buffer.from(text)), { traceparent: 'ours' }).toString()
    expect(carried).toBe(text.replace('{ "x":0.10 , "traceparent" : "t" }', '{"traceparent":"ours","x":0.10}'))
  })
})

describe('a pooled request with a trace', () => {
  const send = (message: ScannedMessage, { era = 'session', callerIsStateless = false }: { era?: 'session' | 'stateless'; callerIsStateless?: boolean } = {}) => {
    const session = era === 'stateless' ? sessionOf({ verdict: { era }, protocolVersion: '2026-07-28', sessionId: undefined }) : sessionOf()
    const { body, headers } = buildPooledRequest(session, { message: message as PooledCall['message'], principal: 'a', callerIsStateless, trace: OURS })
    return { meta: paramsOf(Buffer.from(body, 'latin1'))._meta, headers }
  }
  const withAll = scan({ name: 'x', _meta: { ...OUR_ENVELOPE, ...THEIRS, progressToken: 'p', keep: 1 } })
  const plain = scan({ name: 'x', _meta: { ...THEIRS, progressToken: 'p', keep: 1 } })

  it('keeps what its caller said beside it, with a progress token of the session’s', () => {
    expect(send(plain).meta).toEqual({ ...OURS, progressToken: 1, keep: 1 })
    expect(send(withAll, { callerIsStateless: true }).meta).toEqual({ ...OURS, progressToken: 1, keep: 1 })
  })

  it('has our envelope and the trace for a server without sessions', () => {
    expect(send(plain, { era: 'stateless' }).meta).toEqual({ ...OUR_ENVELOPE, ...OURS, progressToken: 'p', keep: 1 })
    expect(send(composeMessage('tools/call', { name: 'x' }), { era: 'stateless' }).meta).toEqual({ ...OUR_ENVELOPE, ...OURS })
  })

  it('has it if it is of our own making, and in its headers, too', () => {
    const { meta, headers } = send(composeMessage('tools/call', { name: 'x' }))
    expect(meta).toEqual(OURS)
    expect(headers.join(' ')).toContain(`traceparent ${OURS.traceparent} tracestate ${OURS.tracestate}`)
  })
})

it('of a caller’s trace only text is read', () => {
  expect(readTrace(scan({ _meta: { traceparent: 1, tracestate: [] } }))).toEqual({})
  expect(readTrace(scan({ _meta: 'x' }))).toEqual({})
  expect(readTrace(scan())).toEqual({})
  expect(readTrace(scan({ _meta: THEIRS }))).toEqual(THEIRS)
})

it('a look-alike of a trace’s member is refused', () => {
  expect(() => scan({ _meta: { TraceParent: 'x' } })).toThrow('upper and lower case')
})
