// One call of one caller on a shared upstream session: send, hand the reply to its reader, and notice
// every way in which it can go wrong. A call is sent a second time in one case only: the upstream
// said that it does not know the session, so the call reached no handler.
import type { Egress, EgressExchange, EgressHandler } from '../egress/egress.ts'
import { toAppError, type AppError } from '../lib/app-error.ts'
import type { Held } from '../lib/concurrency-limit.ts'
import type { WireBytes } from '../lib/wire-bytes.ts'
import type { AnswerSink } from './answer-sink.ts'
import { callRequest } from './call-request.ts'
import { callOverChannel, leaveChannel } from './channel-call.ts'
import { contentTypeOf, type ReplyHeaders } from './collect-reply.ts'
import { EventReply, resumptionHeaders, type StreamPosition } from './event-reply.ts'
import { FailureReply, type Failure } from './failure-reply.ts'
import type { HeaderList } from './header-list.ts'
import type { InFlightCall } from './in-flight-calls.ts'
import { answerWhole, createJsonReply } from './json-reply.ts'
import { buildPooledRequest, type PooledCall, type PooledRequest } from './pooled-request.ts'
import type { ReplyReader, ReplyTarget } from './reply-reader.ts'
import { cancellationOf, tellUpstream } from './tell-upstream.ts'
import { failedReply, invalidResponse, isSessionComplaint, sessionLost, streamCut, tooManyCalls } from './upstream-error.ts'
import type { UpstreamPool } from './upstream-pool.ts'
import { refusalOf, type UpstreamSession } from './upstream-session.ts'
import type { UpstreamTarget } from './upstream-target.ts'

const MAX_RESUMES = 20
const DEFAULT_RETRY_MS = 500

export interface PooledExchangeParts {
  egress: Egress
  pool: UpstreamPool
  target: UpstreamTarget
  call: PooledCall
  sink: AnswerSink
}

export class PooledExchange implements InFlightCall, EgressHandler, ReplyTarget {
  readonly #parts: PooledExchangeParts
  readonly principal: string
  readonly callerIdToken: string
  place = -1
  isOver = false
  #held: Held | undefined
  #session!: UpstreamSession
  #request!: PooledRequest
  #exchange: EgressExchange | undefined
  #reader: ReplyReader | undefined
  #status = 200
  #opened = false
  #secondTry = false
  #paused = false
  /** Once events came: where the stream stands. */
  #position: StreamPosition | undefined
  #resumes = 0
  #resumeTimer: NodeJS.Timeout | undefined

  constructor(parts: PooledExchangeParts) {
    this.#parts = parts
    this.principal = parts.call.principal
    this.callerIdToken = parts.call.message.idToken
  }

  start(): void {
    const { pool, target } = this.#parts
    this.#held ??= pool.calls.take(target.connectionUid)
    if (!this.#held) return this.fail(tooManyCalls())
    const session = pool.find(target, this.principal)
    if (session) this.#send(session)
    else pool.acquire(target, this.principal).then((opened) => this.#send(opened), (error: unknown) => this.fail(toAppError(error)))
  }

  pause(): void {
    this.#paused = true
    this.#exchange?.pause()
  }

  resume(): void {
    this.#paused = false
    this.#exchange?.resume()
  }

  /** The caller left, or took the call back: the upstream is told to stop (MCP cancellation). */
  cancel(): void {
    if (this.isOver) return
    const { sentId } = this.#request ?? {}
    this.#finish()
    this.#exchange?.abort()
    // In 2026-07-28 nothing was numbered: closing the stream is the cancellation.
    if (sentId !== undefined) tellUpstream(this.#parts.egress, this.#parts.target, this.#session, cancellationOf(sentId))
  }

  #send(session: UpstreamSession): void {
    if (this.isOver) return
    this.#session = session
    session.inFlight.add(this)
    try {
      this.#request = buildPooledRequest(session, this.#parts.call)
      if (session.channel) return callOverChannel(this, session, this.#request)
      this.#dispatch('POST', this.#request.headers, this.#request.body)
    } catch (error) {
      this.fail(toAppError(error))
    }
  }

  #dispatch(method: 'POST' | 'GET', headers: HeaderList, body: string | null): void {
    this.#reader = undefined
    try {
      this.#exchange = this.#parts.egress.dispatch(callRequest(this.#parts.target.open(), method, headers, body), this)
      if (this.#paused) this.#exchange.pause()
    } catch (error) {
      this.fail(toAppError(error))
    }
  }

  onHead(status: number, headers: ReplyHeaders): void {
    if (this.isOver) return
    this.#status = status
    const { translation } = this.#request
    const type = contentTypeOf(headers)
    if (status !== 200) this.#reader = new FailureReply(status, headers, (failure) => this.#onFailure(failure))
    else if (type === 'json') this.#reader = createJsonReply(this, translation)
    else if (type === 'event-stream') {
      this.#position ??= { lastEventId: undefined, retryMs: DEFAULT_RETRY_MS }
      this.open('events')
      this.#reader = new EventReply(this, translation, this.#position, () => this.#takeUpAgain())
    } else this.fail(invalidResponse('something that is neither JSON nor an event stream'))
  }

  onData(chunk: Buffer): void {
    if (!this.isOver) this.#reader?.onData(chunk)
  }

  onEnd(): void {
    if (this.isOver) return
    if (this.#reader) this.#reader.onEnd()
    else this.fail(streamCut())
  }

  onError(error: AppError): void {
    if (this.isOver) return
    // A stream that broke after an event with an id can be taken up again; anything else cannot be repeated.
    if (this.#reader instanceof EventReply && this.#position?.lastEventId !== undefined && error.kind === 'upstream') this.#takeUpAgain()
    else this.fail(error)
  }

  #onFailure({ status, headers, body, isAnswer }: Failure): void {
    if (this.#session.verdict.era === 'session' && isSessionComplaint(status, body) && !isAnswer) this.#sessionIsLost()
    else if (status === 401 || status === 403 || status === 429 || !isAnswer) this.fail(failedReply(status, headers))
    // A JSON-RPC error with its HTTP status (2026-07-28: 404 for an unknown method, 400 for a bad version).
    else answerWhole(this, this.#request.translation, body)
  }

  #sessionIsLost(): void {
    this.#parts.pool.discard(this.#session)
    this.#session.inFlight.delete(this)
    if (this.#secondTry) return this.fail(sessionLost())
    this.#secondTry = true
    this.start()
  }

  /** Streamable HTTP: a server may end the stream before the answer if it numbered its events; GET with Last-Event-ID goes on. */
  #takeUpAgain(): void {
    const { lastEventId, retryMs } = this.#position!
    const resumable = this.#request.translation.shared && lastEventId !== undefined && this.#resumes < MAX_RESUMES
    if (!resumable) return this.fail(streamCut())
    this.#resumes++
    this.#resumeTimer = setTimeout(() => this.#dispatch('GET', resumptionHeaders(this.#session.headers, lastEventId), null), retryMs)
  }

  /** Several callers share this session, so nobody can be asked: the server hears so at once instead of waiting. */
  answerServer(method: string, idToken: string): void {
    tellUpstream(this.#parts.egress, this.#parts.target, this.#session, refusalOf(method, JSON.parse(idToken)))
  }

  /** A status of 2026-07-28 (404: no such method) would tell an older client that its session is lost. */
  get #answerStatus(): number {
    return this.#request.translation.refuseInputRequired ? 200 : this.#status
  }

  open(kind: 'json' | 'events'): void {
    if (this.#opened) return
    this.#opened = true
    if (kind === 'json') this.#parts.sink.json(this.#answerStatus)
    else this.#parts.sink.events()
  }

  write(bytes: Buffer): void {
    if (!this.#parts.sink.write(bytes)) this.pause()
  }

  succeedWith(answer: WireBytes): void {
    if (this.isOver) return
    this.#finish()
    this.#parts.sink.whole(this.#answerStatus, answer)
  }

  succeed(): void {
    if (this.isOver) return
    this.#finish()
    this.#parts.sink.end()
    // The server ends its stream after the answer; one that does not is left.
    if (this.#reader instanceof EventReply) this.#exchange?.abort()
  }

  fail(error: AppError): void {
    if (this.isOver) return
    this.#finish()
    this.#exchange?.abort()
    this.#parts.sink.fail(error)
  }

  #finish(): void {
    this.isOver = true
    if (this.#held) this.#parts.pool.calls.give(this.#held)
    clearTimeout(this.#resumeTimer)
    this.#session?.inFlight.delete(this)
    if (this.#session?.channel) leaveChannel(this.#session, this.#request)
  }
}
