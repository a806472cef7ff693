// The way out, as an examination uses it: every answer is noted by its head, and when its time is over nothing more is
// sent and what is under way ends.
import type { Egress, EgressExchange } from '../egress/egress.ts'
import { exchangeAborted } from '../egress/errors.ts'
import { fetchJson } from '../egress/fetch-json.ts'
import type { Now } from '../lib/clock.ts'

export interface SeenHead {
  origin: string
  contentType: string
  /** By the clock of whoever answered (RFC 9110 §6.6.1), and by ours. */
  dateMs: number | undefined
  seenAtMs: number
}

export interface WitnessEgress extends Egress {
  readonly heads: readonly SeenHead[]
}

export function createWitnessEgress(egress: Egress, now: Now, signal: AbortSignal): WitnessEgress {
  const heads: SeenHead[] = []
  const dispatch: Egress['dispatch'] = (request, handler) => {
    if (signal.aborted) return refuse(handler)
    let leave = () => {}
    const exchange = egress.dispatch(request, {
      onHead(status, headers) {
        const dateMs = Date.parse(String(headers.date))
        heads.push({
          origin: request.url.origin,
          contentType: String(headers['content-type'] ?? ''),
          dateMs: Number.isNaN(dateMs) ? undefined : dateMs,
          seenAtMs: now(),
        })
        handler.onHead(status, headers)
      },
      onData: (chunk) => handler.onData(chunk),
      onEnd() {
        leave()
        handler.onEnd()
      },
      onError(error) {
        leave()
        handler.onError(error)
      },
    })
    const abort = () => exchange.abort()
    leave = () => signal.removeEventListener('abort', abort)
    signal.addEventListener('abort', abort, { once: true })
    return exchange
  }
  return { ...egress, heads, dispatch, fetchJson: (url, input) => fetchJson({ check: egress.check, dispatch }, url, input) }
}

/** As egress itself refuses: never before its caller has the exchange. */
function refuse(handler: Parameters<Egress['dispatch']>[1]): EgressExchange {
  queueMicrotask(() => handler.onError(exchangeAborted(false)))
  return { abort() {}, pause() {}, resume() {} }
}
