// A pooled call whose token may be refused before it ends (revoked, or a clock that is off): it gets a new one and is
// sent again, once. A 401 comes before any handler, so nothing happens twice (RFC 6750 §3.1).
import { isAppError, toAppError, type AppError } from '../lib/app-error.ts'
import type { WireBytes } from '../lib/wire-bytes.ts'
import type { AnswerSink } from './answer-sink.ts'
import { PooledExchange, type PooledExchangeParts } from './pooled-exchange.ts'
import { scopeInsufficient } from './upstream-error.ts'
import type { TokenRenewal, UpstreamTarget } from './upstream-target.ts'

export interface RunningCall {
  start(): void
  pause(): void
  resume(): void
  cancel(): void
}

/** Connections without tokens, which are most, pay nothing for this. */
export const createPooledCall = (parts: PooledExchangeParts): RunningCall => (parts.target.renewal ? new RenewingExchange(parts) : new PooledExchange(parts))

class RenewingExchange implements RunningCall, AnswerSink {
  readonly #parts: PooledExchangeParts
  readonly #sink: AnswerSink
  #target: UpstreamTarget
  #current: PooledExchange
  #renewed = false
  #paused = false
  #cancelled = false

  constructor(parts: PooledExchangeParts) {
    this.#sink = parts.sink
    this.#target = parts.target
    this.#parts = { ...parts, sink: this }
    this.#current = new PooledExchange(this.#parts)
  }

  start(): void {
    this.#current.start()
  }

  pause(): void {
    this.#paused = true
    this.#current.pause()
  }

  resume(): void {
    this.#paused = false
    this.#current.resume()
  }

  cancel(): void {
    this.#cancelled = true
    this.#current.cancel()
  }

  whole(status: number, answer: WireBytes): void {
    this.#sink.whole(status, answer)
  }

  json(status: number): void {
    this.#sink.json(status)
  }

  events(): void {
    this.#sink.events()
  }

  write(bytes: Buffer): boolean {
    return this.#sink.write(bytes)
  }

  end(): void {
    this.#sink.end()
  }

  fail(error: AppError): void {
    const { renewal } = this.#target
    if (!renewal || !isRefusal(error)) return this.#sink.fail(error)
    if (this.#renewed || !isTokenRefusal(error)) return void judgeRefusal(error, renewal).then((judged) => this.#sink.fail(judged))
    this.#renewed = true
    renewal.renew().then((fresh) => this.#sendAgain(fresh), (reason: unknown) => this.#sink.fail(toAppError(reason)))
  }

  #sendAgain(target: UpstreamTarget): void {
    if (this.#cancelled) return
    this.#target = target
    this.#current = new PooledExchange({ ...this.#parts, target })
    if (this.#paused) this.#current.pause()
    this.#current.start()
  }
}

/** The server says 401, with or without a challenge. */
export const isTokenRefusal = (error: unknown): boolean =>
  isAppError(error) &&
  (error.code === 'upstream.authorization_required' || (error.code === 'upstream.credential_refused' && error.details?.upstreamStatus === 401))

const isRefusal = (error: AppError): boolean => isTokenRefusal(error) || error.code === 'upstream.credential_refused'

/** What a refusal means that no fresh token mends: the connection waits for a person from now on, and for what is kept. */
export async function judgeRefusal(error: AppError, renewal: TokenRenewal | undefined): Promise<AppError> {
  if (!renewal) return error
  if (isTokenRefusal(error)) return renewal.refused()
  const wanted = error.details?.wantedScope
  return typeof wanted === 'string' && (await renewal.askForScope(wanted)) ? scopeInsufficient(wanted) : error
}
