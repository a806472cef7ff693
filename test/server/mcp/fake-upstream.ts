// An upstream as the pool sees it: an egress that answers from a function, and targets that point there.
import type { Egress, EgressRequest } from '../../../server/egress/egress.ts'
import type { Negotiated } from '../../../server/mcp/negotiate.ts'
import { UpstreamSession } from '../../../server/mcp/upstream-session.ts'
import type { UpstreamTarget } from '../../../server/mcp/upstream-target.ts'

export interface SentRequest extends EgressRequest {
  message: { method?: string; id?: number } | undefined
}

export interface FakeAnswer {
  status: number
  headers?: Record<string, string>
  body?: unknown
}

export interface FakeUpstream {
  egress: Egress
  sent: SentRequest[]
  /** What was asked, in short: `initialize`, `DELETE session-1`. */
  asked(): string[]
}

export function fakeUpstream(answer: (request: SentRequest) => FakeAnswer | Promise<FakeAnswer>): FakeUpstream {
  const sent: SentRequest[] = []
  const egress: Egress = {
    check() {},
    dispatch(request, handler) {
      let over = false
      const body: unknown = request.body === null ? undefined : JSON.parse(request.body.toString())
      const recorded: SentRequest = { ...request, message: body as SentRequest['message'] }
      sent.push(recorded)
      void Promise.resolve(answer(recorded)).then(({ status, headers = {}, body: reply }) => {
        if (over) return
        handler.onHead(status, { ...(reply !== undefined && { 'content-type': 'application/json' }), ...headers })
        if (reply !== undefined) handler.onData(Buffer.from(JSON.stringify(reply)))
        handler.onEnd()
      })
      return { abort: () => void (over = true), pause() {}, resume() {} }
    },
    fetchJson: () => Promise.reject(new Error('nothing here fetches documents')),
    examine: () => Promise.reject(new Error('not used here')),
    isOwnVia: () => false,
    close: async () => undefined,
  }
  const asked = () =>
    sent.map(({ method, message, headers }) => (method === 'DELETE' ? `DELETE ${new Headers(headers as Record<string, string>).get('mcp-session-id')}` : message?.method ?? method))
  return { egress, sent, asked }
}

/** A server with sessions, which are numbered. */
export function numberedSessions(): (request: SentRequest) => FakeAnswer {
  let count = 0
  return ({ method, message }) => {
    if (method === 'DELETE') return { status: 200 }
    if (message?.method !== 'initialize') return { status: 202 }
    const result = { protocolVersion: '2025-11-25', capabilities: {}, serverInfo: { name: 'fake', version: '1' } }
    return { status: 200, headers: { 'mcp-session-id': `session-${++count}` }, body: { jsonrpc: '2.0', id: message.id, result } }
  }
}

export const targetOf = (change: Partial<UpstreamTarget> = {}): UpstreamTarget => ({
  connectionUid: 'con_1',
  revision: '1 a',
  sessions: 'shared',
  verdict: { era: 'session', transport: 'streamable-http' },
  open: () => ({ url: new URL('http://127.0.0.1:9/mcp'), headers: { 'x-api-key': 'secret' } }),
  ...change,
})

export const sessionOf = (change: Partial<Negotiated> = {}): UpstreamSession =>
  new UpstreamSession(
    'con_1',
    targetOf(),
    {
      verdict: { era: 'session', transport: 'streamable-http' },
      protocolVersion: '2025-11-25',
      serverInfo: undefined,
      capabilities: {},
      instructions: undefined,
      sessionId: 's1',
      channel: undefined,
      ...change,
    },
    0
  )
