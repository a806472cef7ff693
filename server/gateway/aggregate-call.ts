// One request at the endpoint of a namespace, after it was admitted.
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { ToolsMode } from '../aggregate/own-tools.ts'
import { requireCallableNamespace } from '../aggregate/visible-connections.ts'
import { contextFor, type Context, type House } from '../context/context.ts'
import { noteDenial } from '../context/note-denial.ts'
import { principalOf } from '../policy/actor.ts'
import { callerLeft } from '../tools/ask-upstream.ts'
import { identify, type Origin } from './admit.ts'

/** @throws identity.*, namespace.not_found, policy.forbidden */
export async function admitToNamespace(house: House, namespace: string, request: IncomingMessage, { requestId, readOrigin }: Origin): Promise<Context> {
  const context = contextFor(house, await identify(house, request, readOrigin), requestId, readOrigin)
  try {
    await requireCallableNamespace(context, namespace)
  } catch (error) {
    noteDenial(context, error, 'MCP')
    throw error
  }
  return context
}

export class AggregateCall {
  readonly context: Context
  readonly namespace: string
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly principal: string
  readonly #leaving = new AbortController()

  constructor(context: Context, namespace: string, request: IncomingMessage, response: ServerResponse) {
    this.context = context
    this.namespace = namespace
    this.request = request
    this.response = response
    this.principal = principalOf(context.actor)
    response.once('close', () => this.cancel())
  }

  /** Its caller left, or took the request back. */
  get signal(): AbortSignal {
    return this.#leaving.signal
  }

  cancel(): void {
    this.#leaving.abort(callerLeft())
  }

  /** `?tools=search`: too many tools to list. */
  get toolsMode(): ToolsMode {
    const { searchParams } = new URL(this.request.url ?? '/', 'http://plugboard')
    return searchParams.get('tools') === 'search' ? 'search' : 'all'
  }
}
