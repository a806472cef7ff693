// A caller whose limits look at calls: each message is judged before it leaves, its headers are made from it, and what comes
// back shows only the tools that may be called. Everybody else's bytes pass as they are.
import { findReadOnlyTools } from '../connections/read-only-tools.ts'
import { permitCall } from '../connections/require-call.ts'
import type { ConnectionHandle } from '../context/caches.ts'
import type { Context } from '../context/context.ts'
import { noteDenial } from '../context/note-denial.ts'
import { envelopeRevision, routingHeaders } from '../mcp/envelope.ts'
import type { ScannedMessage } from '../mcp/message-scan.ts'
import { limitsCalls, needsDefinitions } from '../policy/call-limits.ts'
import type { CallFacts } from '../policy/permission.ts'
import { visibleTools } from '../policy/visible-tools.ts'
import type { AskedBack } from './asked-back.ts'
import { filterToolList } from './filter-tool-list.ts'

export class CallLimits {
  readonly #context: Context
  readonly #row: ConnectionHandle['row']
  readonly #askedBack: AskedBack
  /** Whose answers to a server these are: the caller's own session. */
  readonly #session: string | undefined
  readonly #isReadOnly: CallFacts['isReadOnly']

  private constructor(context: Context, row: ConnectionHandle['row'], askedBack: AskedBack, session: string | undefined, isReadOnly: CallFacts['isReadOnly']) {
    this.#context = context
    this.#row = row
    this.#askedBack = askedBack
    this.#session = session
    this.#isReadOnly = isReadOnly
  }

  /** `undefined` for callers without such limits. */
  static of(context: Context, row: ConnectionHandle['row'], askedBack: AskedBack, session: string | undefined): Promise<CallLimits> | undefined {
    return limitsCalls(context.actor) ? CallLimits.#prepare(context, row, askedBack, session) : undefined
  }

  static async #prepare(context: Context, row: ConnectionHandle['row'], askedBack: AskedBack, session: string | undefined): Promise<CallLimits> {
    const isReadOnly = needsDefinitions(context.actor) ? await findReadOnlyTools(context, row) : undefined
    return new CallLimits(context, row, askedBack, session, isReadOnly)
  }

  /** @throws policy.call_forbidden, policy.budget_spent */
  async permit({ method, params, idToken }: ScannedMessage): Promise<void> {
    const answers = method === undefined && idToken !== undefined ? this.#askedBack.take(this.#session, idToken) : undefined
    try {
      await permitCall(this.#context, this.#row, { method, params, answers })
    } catch (error) {
      noteDenial(this.#context, error, 'MCP')
      throw error
    }
  }

  /** What the caller gets of a message of the server. `session`: of a stream that was there before it had a name. @throws upstream.invalid_response */
  show(bytes: Buffer, session = this.#session): Buffer {
    this.#askedBack.note(session, bytes)
    const { actor } = this.#context
    return filterToolList(bytes, (tools) => visibleTools(actor, this.#row, tools, this.#isReadOnly))
  }

  /** MCP 2026-07-28 headers repeat the body for those who look no further: a caller could say other things in them. */
  routingHeadersOf(message: ScannedMessage | undefined): Record<string, string> {
    if (message?.method === undefined || envelopeRevision(message) === undefined) return {}
    return routingHeaders(message.method, message)
  }
}
