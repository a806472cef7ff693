// A node:http request as the doors see one, without the Fetch objects around it: for the hot paths.
import type { IncomingMessage, ServerResponse } from 'node:http'
import { readBody } from '../gateway/read-body.ts'
import { AppError } from '../lib/app-error.ts'
import type { CallerSignal } from '../lib/caller-signal.ts'
import type { BodySource } from '../lib/json-body.ts'
import { ResponseSignal } from './response-signal.ts'

const callerLeft = () => new AppError({ code: 'call.cancelled', kind: 'invalid', message: 'The caller left before its request was complete.' })

// Fetch reads bodies with one of these (a byte order mark goes, what is not UTF-8 becomes U+FFFD).
const utf8 = new TextDecoder()

export class DirectRequest implements BodySource {
  readonly #incoming: IncomingMessage
  readonly signal: CallerSignal
  /** Read with `text()`: its length is declared, so whoever reads it has judged it. */
  readonly body = null

  constructor(incoming: IncomingMessage, response: ServerResponse) {
    this.#incoming = incoming
    this.signal = new ResponseSignal(response)
  }

  get url(): string {
    const { headers, url } = this.#incoming
    return `http://${headers.host}${url}`
  }

  get headers(): { get(name: string): string | null } {
    return this
  }

  /** `name` in lower case. */
  get(name: string): string | null {
    const value = this.#incoming.headers[name]
    return typeof value === 'string' ? value : null
  }


  async text(): Promise<string> {
    try {
      return utf8.decode(await readBody(this.#incoming))
    } catch {
      throw callerLeft()
    }
  }
}
