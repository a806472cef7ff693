// The last calls of each connection until the next flush. A busy connection writes over its own oldest call in
// place, so that a call costs no memory of its own; all together keep no more than can be written soon.
import { KEPT_CALLS, type NewRecentCall } from '../../db/queries/recent-calls.ts'
import type { FinishedCall } from './finished-call.ts'

const MAX_KEPT = 2000

interface Ring {
  calls: NewRecentCall[]
  /** Which one is the oldest, once the ring is full. */
  oldest: number
}

export class RecentCalls {
  #rings = new Map<string, Ring>()
  #kept = 0

  /** `tool` is the call's, made fit to be stored. */
  keep(call: FinishedCall, tool: string, at: number): void {
    const { connectionUid, failed, code = null, principal, requestId } = call
    const durationMs = Math.round(call.durationMs)
    let ring = this.#rings.get(connectionUid)
    if (!ring) this.#rings.set(connectionUid, (ring = { calls: [], oldest: 0 }))
    if (ring.calls.length < KEPT_CALLS) {
      ring.calls.push({ connectionUid, at, tool, durationMs, failed, code, principal, requestId })
      if (++this.#kept > MAX_KEPT) this.#dropOldest()
      return
    }
    const kept = ring.calls[ring.oldest]!
    kept.at = at
    kept.tool = tool
    kept.durationMs = durationMs
    kept.failed = failed
    kept.code = code
    kept.principal = principal
    kept.requestId = requestId
    ring.oldest = (ring.oldest + 1) % KEPT_CALLS
  }

  /** All of the connection that was heard of first. */
  #dropOldest(): void {
    const [first] = this.#rings
    if (!first) return
    const [connectionUid, { calls }] = first
    this.#rings.delete(connectionUid)
    this.#kept -= calls.length
  }

  /** Those of one connection in the order of their end; none of them is kept any longer. */
  take(): NewRecentCall[] {
    const taken = [...this.#rings.values()].flatMap(({ calls, oldest }) => [...calls.slice(oldest), ...calls.slice(0, oldest)])
    this.#rings = new Map()
    this.#kept = 0
    return taken
  }
}
