// One call of one caller on a shared upstream session: send, translate what comes back, and notice
// every way in which it can go wrong. A call is sent a second time in one case only: the upstream
// said that it does not know the session, so the call reached no handler.
import type { Egress } from '../egress/egress.ts'
import type { EgressExchange, EgressHandler } from '../egress/exchange.ts'
import { toAppError, type AppError } from '../lib/app-error.ts'
import type { AnswerSink } from './answer-sink.ts'
import { answersRequest } from './answers-request.ts'
import { collectReply, contentTypeOf, HEAD_TIMEOUT_MS, MAX_ERROR_BYTES, MAX_EVENT_BYTES, parseMessage, type ReplyHeaders } from './collect-reply.ts'
import { headerListOf, type HeaderList } from './header-list.ts'
import type { InFlightCall } from './in-flight-calls.ts'
import { MessageRefused } from './message-scan.ts'
import { buildPooledRequest, type PooledCall, type PooledRequest } from './pooled-request.ts'
import { ResponseIdRewriter } from './response-id-rewriter.ts'
import { encodeSse, SseOverflow, SseSplitter } from './sse.ts'
import { mayAskBack, translateMessage, type Translated } from './translate-message.ts'
import { failedReply, invalidResponse, isSessionComplaint, sessionLost, streamCut } from './upstream-error.ts'
import type { UpstreamPool } from './upstream-pool.ts'
import { refusalOf, type UpstreamSession } from './upstream-session.ts'
import type { UpstreamTarget } from './upstream-target.ts'

const MAX_JSON_BYTES = 10 * 1024 * 1024
const MAX_RESUMES = 20
const MAX_RETRY_MS = 10_000
const DEFAULT_RETRY_MS = 500

export interface PooledExchangeParts {
  egress: Egress
  pool: UpstreamPool
  target: UpstreamTarget
  call: PooledCall
  sink: AnswerSink
}

type Reading = 'nothing' | 'json' | 'json-whole' | 'events' | 'failure'

export class PooledExchange implements InFlightCall, EgressHandler {
  readonly #parts: PooledExchangeParts
  readonly principal: string
  readonly callerIdToken: string
  place = -1
  #session!: UpstreamSession
  #request!: PooledRequest
  #exchange: EgressExchange | undefined
  #secondTry = false
  #over = false
  #paused = false
  // What is being read.
  #reading: Reading = 'nothing'
  #status = 0
  #headers: ReplyHeaders = {}
  #rewriter: ResponseIdRewriter | undefined
  #splitter: SseSplitter | undefined
  /** A JSON answer until its id is found, which may be at its end: somebody else's must not have left in part. */
  #held: Buffer[] = []
  #chunksSeen = 0
  #chunks: Buffer[] = []
  #chunkBytes = 0
  #sinkOpen = false
  #answered = false
  // For streams that the server ends early and expects us to take up again (Streamable HTTP, resumability).
  #lastEventId: string | undefined
  #retryMs = DEFAULT_RETRY_MS
  #resumes = 0
  #resumeTimer: NodeJS.Timeout | undefined

  constructor(parts: PooledExchangeParts) {
    this.#parts = parts
    this.principal = parts.call.principal
    this.callerIdToken = parts.call.message.idToken
  }

  start(): void {
    const { pool, target } = this.#parts
    const session = pool.find(target, this.principal)
    if (session) this.#send(session)
    else pool.acquire(target, this.principal).then((opened) => this.#send(opened), (error: unknown) => this.#fail(toAppError(error)))
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
    if (this.#over) return
    const { sentId } = this.#request ?? {}
    this.#finish()
    this.#exchange?.abort()
    if (sentId === undefined) return // 2026-07-28: closing the stream is the cancellation
    const body = Buffer.from(JSON.stringify({ jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: sentId, reason: 'the caller left' } }))
    this.#tell(body)
  }

  #send(session: UpstreamSession): void {
    if (this.#over) return
    this.#session = session
    session.inFlight.add(this)
    try {
      this.#request = buildPooledRequest(session, this.#parts.call)
      if (session.channel) return this.#sendOverSse(session)
      const opened = session.target === this.#parts.target ? session.target.open() : this.#parts.target.open()
      this.#dispatch('POST', [...headerListOf(opened.headers), ...this.#request.headers], opened.url, this.#request.body)
    } catch (error) {
      this.#fail(toAppError(error))
    }
  }

  #dispatch(method: 'POST' | 'GET', headers: HeaderList, url: URL, body: Buffer | null): void {
    this.#exchange = this.#parts.egress.dispatch(
      { url, method, headers, body, trust: 'configured', headersTimeoutMs: HEAD_TIMEOUT_MS, bodyIdleTimeoutMs: HEAD_TIMEOUT_MS, maxBytes: MAX_JSON_BYTES },
      this,
    )
    if (this.#paused) this.#exchange.pause()
  }

  onHead(status: number, headers: ReplyHeaders): void {
    if (this.#over) return
    this.#status = status
    this.#headers = headers
    this.#chunks = []
    this.#chunkBytes = 0
    const type = contentTypeOf(headers)
    if (status !== 200) this.#reading = 'failure'
    else if (type === 'event-stream') this.#readEvents()
    else if (type !== 'json') this.#fail(invalidResponse('something that is neither JSON nor an event stream'))
    else this.#readJson()
  }

  #readJson(): void {
    const { translation } = this.#request
    // Members are added to the result, or it is looked into: both want the whole of it.
    this.#reading = translation.shared && translation.completeResultOf === undefined ? 'json' : 'json-whole'
    if (this.#reading === 'json') this.#rewriter = new ResponseIdRewriter(translation.sentIdToken, translation.callerIdToken)
  }

  #readEvents(): void {
    this.#reading = 'events'
    this.#splitter = new SseSplitter(MAX_EVENT_BYTES)
    this.#openSink('events')
  }

  /** A status of 2026-07-28 (404: no such method) would tell an older client that its session is lost. */
  get #answerStatus(): number {
    return this.#request.translation?.refuseInputRequired ? 200 : this.#status
  }

  #openSink(kind: 'json' | 'events'): void {
    if (this.#sinkOpen) return
    this.#sinkOpen = true
    if (kind === 'json') this.#parts.sink.json(this.#answerStatus)
    else this.#parts.sink.events()
  }

  onData(chunk: Buffer): void {
    if (this.#over) return
    switch (this.#reading) {
      case 'json':
        return this.#onJson(chunk)
      case 'events':
        return this.#onEvents(chunk)
      case 'json-whole':
        this.#chunks.push(chunk)
        return
      case 'failure':
        if (this.#chunkBytes < MAX_ERROR_BYTES) this.#chunks.push(chunk)
        this.#chunkBytes += chunk.length
        return
      case 'nothing':
    }
  }

  #onJson(chunk: Buffer): void {
    this.#held.push(...this.#rewriter!.push(chunk))
    this.#chunksSeen++
    // The first chunk waits for a second: most answers have none and are sent in one piece.
    if (!this.#rewriter!.matched || this.#chunksSeen === 1) return
    this.#openSink('json')
    for (const part of this.#held.splice(0)) this.#write(part)
  }

  #onEvents(chunk: Buffer): void {
    try {
      for (const event of this.#splitter!.push(chunk)) {
        if (event.id !== undefined && event.id !== '') this.#lastEventId = event.id
        if (event.retryMs !== undefined) this.#retryMs = Math.min(event.retryMs, MAX_RETRY_MS)
        if (event.data && event.data.length > 0) this.#onMessage(event.data, (bytes) => encodeSse(bytes))
        if (this.#over) return
      }
    } catch (error) {
      const what = error instanceof SseOverflow ? 'an event that is too large' : 'an event that is not a JSON-RPC message'
      if (error instanceof SseOverflow || error instanceof MessageRefused) this.#fail(invalidResponse(what, error))
      else throw error
    }
  }

  #onMessage(bytes: Buffer, frame: (bytes: Buffer) => Buffer): void {
    const translated = translateMessage(bytes, this.#request.translation)
    if (translated.kind === 'answer') {
      this.#answered = true
      this.#write(frame(translated.bytes))
      this.#succeed()
    } else if (translated.kind === 'relay') this.#write(frame(translated.bytes))
    else if (translated.kind === 'refuse') this.#fail(translated.error)
    else if (translated.kind === 'server-request') this.#answerServer(translated.method, translated.idToken)
  }

  /** Several callers share this session, so nobody can be asked: the server hears so at once instead of waiting. */
  #answerServer(method: string, idToken: string): void {
    this.#tell(refusalOf(method, JSON.parse(idToken)))
  }

  /** A message of ours beside the call; nobody waits for it. */
  #tell(body: Buffer): void {
    const session = this.#session
    const sent = session.channel
      ? session.channel.send(body)
      : collectReply(this.#parts.egress, { opened: this.#parts.target.open(), headers: { ...session.headers }, body })
    // The upstream may be gone already; then there is nobody to tell.
    Promise.resolve(sent).catch(() => undefined)
  }

  onEnd(): void {
    if (this.#over) return
    switch (this.#reading) {
      case 'json':
        return this.#onJsonEnd()
      case 'json-whole':
        return this.#onWholeJson()
      case 'events':
        return this.#answered ? this.#succeed() : this.#takeUpAgain()
      case 'failure':
        return this.#onFailure()
      case 'nothing':
        return this.#fail(streamCut())
    }
  }

  #onJsonEnd(): void {
    const { matched, complete } = this.#rewriter!
    if (!complete) return this.#fail(invalidResponse('something that is not a whole JSON-RPC message'))
    if (!matched) return this.#fail(invalidResponse('a message that does not belong to the request'))
    if (this.#sinkOpen) this.#succeed()
    else this.#succeedWith(Buffer.concat(this.#held))
  }

  #onWholeJson(): void {
    const bytes = this.#chunks.length === 1 ? this.#chunks[0]! : Buffer.concat(this.#chunks)
    const { translation } = this.#request
    if (!translation.shared && !mayAskBack(bytes)) {
      if (answersRequest(bytes, translation.sentIdToken)) return this.#succeedWith(bytes)
      return this.#fail(invalidResponse('a message that does not belong to the request'))
    }
    try {
      this.#onWholeMessage(translateMessage(bytes, translation))
    } catch (error) {
      if (!(error instanceof MessageRefused)) throw error
      this.#fail(invalidResponse('something that is not a JSON-RPC message', error))
    }
  }

  #onWholeMessage(translated: Translated): void {
    if (translated.kind === 'answer') this.#succeedWith(translated.bytes)
    else if (translated.kind === 'refuse') this.#fail(translated.error)
    else this.#fail(invalidResponse('a message that does not belong to the request'))
  }

  #onFailure(): void {
    const body = Buffer.concat(this.#chunks)
    const message = contentTypeOf(this.#headers) === 'json' ? parseMessage(body) : undefined
    const isAnswer = message?.error !== undefined && message.id !== undefined && message.id !== null
    if (this.#session.verdict.era === 'session' && isSessionComplaint(this.#status, body) && !isAnswer) return this.#sessionIsLost()
    if (this.#status === 401 || this.#status === 403 || this.#status === 429 || !isAnswer) return this.#fail(failedReply(this.#status, this.#headers))
    // A JSON-RPC error with its HTTP status (2026-07-28: 404 for an unknown method, 400 for a bad version).
    this.#chunks = [body]
    this.#onWholeJson()
  }

  #sessionIsLost(): void {
    this.#parts.pool.discard(this.#session)
    this.#session.inFlight.delete(this)
    if (this.#secondTry) return this.#fail(sessionLost())
    this.#secondTry = true
    this.#reading = 'nothing'
    this.start()
  }

  onError(error: AppError): void {
    if (this.#over) return
    // A stream that broke after an event with an id can be taken up again; anything else cannot be repeated.
    if (this.#reading === 'events' && !this.#answered && this.#lastEventId !== undefined && error.kind === 'upstream') this.#takeUpAgain()
    else this.#fail(error)
  }

  /** Streamable HTTP: a server may end the stream before the answer if it numbered its events; GET with Last-Event-ID goes on. */
  #takeUpAgain(): void {
    const resumable = this.#request.translation.shared && this.#lastEventId !== undefined && this.#resumes < MAX_RESUMES
    if (!resumable) return this.#fail(streamCut())
    this.#resumes++
    this.#resumeTimer = setTimeout(() => {
      try {
        const opened = this.#parts.target.open()
        const { 'content-type': _body, ...session } = this.#session.headers as Record<string, string>
        const headers = { ...opened.headers, ...session, accept: 'text/event-stream', 'last-event-id': this.#lastEventId! }
        this.#reading = 'nothing'
        this.#dispatch('GET', headerListOf(headers), opened.url, null)
      } catch (error) {
        this.#fail(toAppError(error))
      }
    }, this.#retryMs)
  }

  #sendOverSse(session: UpstreamSession): void {
    const { body, sentId, translation } = this.#request
    // Progress arrives on the stream that all callers share: whoever asked for it gets a stream too.
    const wantsProgress = translation.callerProgressToken !== undefined
    if (wantsProgress) {
      this.#openSink('events')
      session.onProgress(translation.sentProgressToken!, (bytes) => {
        if (!this.#over) this.#onMessage(bytes, (plain) => encodeSse(plain))
      })
    }
    this.#status = 200
    session.channel!.requestWith(
      sentId!,
      body,
      (bytes) => {
        if (this.#over) return
        this.#openSink('json')
        this.#onMessage(bytes, (plain) => (wantsProgress ? encodeSse(plain) : plain))
      },
      (error) => this.#fail(error),
    )
  }

  #write(bytes: Buffer): void {
    if (!this.#parts.sink.write(bytes)) this.pause()
  }

  #succeedWith(bytes: Buffer): void {
    if (this.#over) return
    this.#finish()
    this.#parts.sink.whole(this.#answerStatus, bytes)
  }

  #succeed(): void {
    if (this.#over) return
    this.#finish()
    this.#parts.sink.end()
    // The server ends its stream after the answer; one that does not is left.
    if (this.#reading === 'events') this.#exchange?.abort()
  }

  #fail(error: AppError): void {
    if (this.#over) return
    this.#finish()
    this.#exchange?.abort()
    this.#parts.sink.fail(error)
  }

  #finish(): void {
    this.#over = true
    clearTimeout(this.#resumeTimer)
    this.#session?.inFlight.delete(this)
    const sentProgressToken = this.#request?.translation.sentProgressToken
    if (sentProgressToken !== undefined) this.#session.offProgress(sentProgressToken)
    if (this.#session?.channel && this.#request.sentId !== undefined) this.#session.channel.forget(this.#request.sentId)
  }
}
