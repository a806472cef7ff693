// The caller of a node:http request, as long as its response stays open.
import type { ServerResponse } from 'node:http'
import type { CallerSignal } from '../lib/caller-signal.ts'

export class ResponseSignal implements CallerSignal {
  readonly #response: ServerResponse

  constructor(response: ServerResponse) {
    this.#response = response
  }

  get aborted(): boolean {
    return this.#response.closed && !this.#response.writableFinished
  }

  /** Take the listener away once the answer is known: every response closes in the end. */
  addEventListener(_type: 'abort', listener: () => void): void {
    this.#response.once('close', listener)
  }

  removeEventListener(_type: 'abort', listener: () => void): void {
    this.#response.off('close', listener)
  }
}
