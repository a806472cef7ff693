import { describe, expect, it } from 'vitest'
import { OUR_ENVELOPE } from '../../../server/mcp/envelope.ts'
import { scanCallerMessage } from '../../../server/mcp/message-scan.ts'
import { buildPooledRequest, type PooledCall } from '../../../server/mcp/pooled-request.ts'
import { sessionOf } from './fake-upstream.ts'

const callOf = (message: object | string, callerIsStateless = false): PooledCall =>
  ({
    message: scanCallerMessage(Buffer.from(typeof message === 'string' ? message : JSON.stringify({ jsonrpc: '2.0', ...message }))),
    principal: 'a',
    callerIsStateless,
  } as PooledCall)
const bodyOf = (body: string) => JSON.parse(Buffer.from(body, 'latin1').toString()) as { id: unknown; params?: { _meta?: unknown } }

const asObject = (list: readonly string[]) => Object.fromEntries(list.flatMap((name, at) => (at % 2 === 0 ? [[name, list[at + 1]]] : [])))

describe('on a shared session', () => {
  it('callers who all use id 1 and token 1 get ids and tokens of their own', () => {
    const session = sessionOf()
    const built = Array.from({ length: 200 }, () =>
      buildPooledRequest(session, callOf({ id: 1, method: 'tools/call', params: { name: 'x', _meta: { progressToken: 1 } } }))
    )
    expect(new Set(built.map(({ body }) => bodyOf(body).id)).size).toBe(200)
    for (const { body, sentId, translation } of built) {
      expect(bodyOf(body)).toMatchObject({ id: sentId, params: { name: 'x', _meta: { progressToken: sentId } } })
      expect(translation).toMatchObject({
        sentIdToken: String(sentId),
        callerIdToken: '1',
        sentProgressToken: String(sentId),
        callerProgressToken: '1',
        shared: true,
      })
    }
  })

  it('nothing but the id and the token differs from what the caller wrote', () => {
    const text =
      '{ "params" : {"big":1e400,"é":"\\u00e9\\/", "_meta":{"x":0.10, "progressToken" : "p" }},\n"method":"tools/call","jsonrpc":"2.0","id" : "one" }'
    const { body } = buildPooledRequest(sessionOf(), callOf(text))
    expect(Buffer.from(body, 'latin1').toString()).toBe(text.replace('"one"', '1').replace('"p"', '1'))
  })

  it('a caller who did not ask for progress gets none', () => {
    const { translation } = buildPooledRequest(sessionOf(), callOf({ id: 1, method: 'ping' }))
    expect(translation).toMatchObject({ sentProgressToken: undefined, callerProgressToken: undefined, completeResultOf: undefined })
  })

  it("a stateless caller's envelope stays here, its token is replaced, and its result will be completed", () => {
    const params = { name: 'x', _meta: { ...OUR_ENVELOPE, progressToken: 'p', keep: [1] } }
    const { body, translation, headers } = buildPooledRequest(sessionOf(), callOf({ id: 'a', method: 'tools/call', params }, true))
    expect(bodyOf(body)).toEqual({
      jsonrpc: '2.0',
      id: 1,
      method: 'tools/call',
      params: { name: 'x', _meta: { progressToken: 1, keep: [1] } },
    })
    expect(translation).toMatchObject({
      callerIdToken: '"a"',
      callerProgressToken: '"p"',
      sentProgressToken: '1',
      completeResultOf: 'tools/call',
    })
    expect(asObject(headers)).toMatchObject({ 'mcp-protocol-version': '2025-11-25', 'mcp-session-id': 's1' })
    expect(asObject(headers)).not.toHaveProperty('mcp-method')
  })

  it('a stateless caller without an envelope does not smuggle a token of its own onto it', () => {
    const { body } = buildPooledRequest(
      sessionOf(),
      callOf({ id: 1, method: 'tools/call', params: { _meta: { progressToken: 42 } } }, true)
    )
    expect(bodyOf(body).params?._meta).toEqual({ progressToken: 1 })
  })
})

describe('to a stateless upstream', () => {
  const session = () => sessionOf({ verdict: { era: 'stateless' }, protocolVersion: '2026-07-28', sessionId: undefined })

  it('a request gets our envelope and the headers that repeat it, and keeps its id', () => {
    const { body, headers, sentId, translation } = buildPooledRequest(
      session(),
      callOf({ id: 'a', method: 'tools/call', params: { name: 'é', _meta: { progressToken: 1 } } })
    )
    expect(bodyOf(body)).toEqual({
      jsonrpc: '2.0',
      id: 'a',
      method: 'tools/call',
      params: { name: 'é', _meta: { ...OUR_ENVELOPE, progressToken: 1 } },
    })
    expect(asObject(headers)).toMatchObject({ 'mcp-protocol-version': '2026-07-28', 'mcp-method': 'tools/call', 'mcp-name': '=?base64?w6k=?=' })
    expect(sentId).toBeUndefined()
    expect(translation).toMatchObject({ sentIdToken: '"a"', callerIdToken: '"a"', shared: false, refuseInputRequired: true })
  })

  it('an envelope in the body of a caller from an older revision does not speak for us', () => {
    const theirs = { ...OUR_ENVELOPE, 'io.modelcontextprotocol/clientCapabilities': { sampling: {} } }
    const { body } = buildPooledRequest(session(), callOf({ id: 1, method: 'ping', params: { _meta: theirs } }))
    expect(bodyOf(body).params?._meta).toEqual(OUR_ENVELOPE)
  })
})
