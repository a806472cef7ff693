// The calls that are on their way on one session. An array with swapped removal, and not a Set: a Set
// under this churn leaves chains of outgrown tables behind, each keeping the calls of its time alive
// until a full collection (a third of all garbage, measured).

/** A call that is on its way; the session knows it so that its caller can cancel it. */
export interface InFlightCall {
  readonly principal: string
  readonly callerIdToken: string | undefined
  /** Where it stands in the list; -1 when it does not. Kept by the list. */
  place: number
  cancel(): void
}

export class InFlightCalls {
  readonly #calls: InFlightCall[] = []

  get size(): number {
    return this.#calls.length
  }

  add(call: InFlightCall): void {
    call.place = this.#calls.length
    this.#calls.push(call)
  }

  delete(call: InFlightCall): void {
    if (this.#calls[call.place] !== call) return
    const last = this.#calls.pop()!
    if (last !== call) {
      this.#calls[call.place] = last
      last.place = call.place
    }
    call.place = -1
  }

  filter(matches: (call: InFlightCall) => boolean): InFlightCall[] {
    return this.#calls.filter(matches)
  }
}
