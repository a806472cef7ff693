// One open relationship with an upstream: for older revisions its session, for 2026-07-28 just the
// knowledge that requests may be sent.
import { headerListOf, type HeaderList } from './header-list.ts'
import { InFlightCalls } from './in-flight-calls.ts'
import type { LegacySseChannel } from './legacy-sse-channel.ts'
import { POST_HEADERS, type Negotiated } from './negotiate.ts'
import type { ProtocolVerdict, UpstreamIdentity } from './protocol-revision.ts'
import type { UpstreamTarget } from './upstream-target.ts'

/** What a server hears that asks something of a session with several callers: nobody can be asked, but it is alive. */
export function refusalOf(method: string, id: unknown): Buffer {
  const outcome = method === 'ping' ? { result: {} } : { error: { code: -32601, message: 'Method not found' } }
  return Buffer.from(JSON.stringify({ jsonrpc: '2.0', id, ...outcome }))
}

export class UpstreamSession {
  readonly key: string
  readonly target: UpstreamTarget
  readonly identity: UpstreamIdentity
  readonly verdict: ProtocolVerdict
  readonly sessionId: string | undefined
  readonly channel: LegacySseChannel | undefined
  /** What every POST of this session carries besides the credential. */
  readonly headers: Readonly<Record<string, string>>
  readonly headerList: HeaderList
  readonly inFlight = new InFlightCalls()
  lastUsedAtMs: number
  #lastId = 0
  /** HTTP+SSE only: who waits for progress under which token (its JSON text). */
  readonly #progress = new Map<string, (bytes: Buffer) => void>()

  constructor(key: string, target: UpstreamTarget, negotiated: Negotiated, nowMs: number) {
    this.key = key
    this.target = target
    this.identity = negotiated
    this.verdict = negotiated.verdict
    this.sessionId = negotiated.sessionId
    this.channel = negotiated.channel
    this.lastUsedAtMs = nowMs
    this.headers =
      negotiated.verdict.era === 'stateless'
        ? POST_HEADERS
        : {
            ...POST_HEADERS,
            'mcp-protocol-version': negotiated.protocolVersion,
            ...(negotiated.sessionId !== undefined && { 'mcp-session-id': negotiated.sessionId }),
          }
    this.headerList = headerListOf(this.headers)
    if (this.channel) this.channel.onUnclaimed = (bytes, message) => this.#onUnclaimed(this.channel!, bytes, message)
  }

  onProgress(token: string, listen: (bytes: Buffer) => void): void {
    this.#progress.set(token, listen)
  }

  offProgress(token: string): void {
    this.#progress.delete(token)
  }

  #onUnclaimed(channel: LegacySseChannel, bytes: Buffer, message: Record<string, unknown>): void {
    if (message.method === 'notifications/progress') {
      const token = (message.params as { progressToken?: unknown } | undefined)?.progressToken
      this.#progress.get(JSON.stringify(token) ?? '')?.(bytes)
    } else if (typeof message.method === 'string' && message.id !== undefined) {
      channel.send(refusalOf(message.method, message.id)).catch(() => undefined)
    }
  }

  /** Unique on this session: callers who share it all count from 0 or 1 themselves. */
  nextId(): number {
    return ++this.#lastId
  }

  get usable(): boolean {
    return !this.channel?.closed
  }

  /**
   * Cancels the one call that this principal made with this id. Two of its calls with the same id
   * cannot be told apart, so neither is cancelled.
   */
  cancelCall(principal: string, callerIdToken: string): void {
    const matching = this.inFlight.filter((call) => call.principal === principal && call.callerIdToken === callerIdToken)
    if (matching.length === 1) matching[0]!.cancel()
  }
}
