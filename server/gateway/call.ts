// One request at the gateway, after it was admitted: who asks, of which connection, and how its answer
// is counted.
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { ConnectionHandle } from '../context/caches.ts'
import type { Context } from '../context/context.ts'
import { principalOf } from '../policy/actor.ts'
import { findMethod } from '../policy/mcp-methods.ts'
import type { OpenStream } from './open-streams.ts'

export interface GatewayCall {
  context: Context
  handle: ConnectionHandle
  request: IncomingMessage
  response: ServerResponse
  principal: string
  startedAtMs: number
  /** Registers a long answer: it ends when the caller may no longer have it. */
  keepStream(end: () => void): void
  /** Registers what outlives this request, until the returned function is called. */
  keepSession(session: { isWanted(): boolean; end(): void }): () => void
}

export interface GatewayCallInput extends Pick<GatewayCall, 'context' | 'handle' | 'request' | 'response'> {
  keep(stream: OpenStream): () => void
  isStillPermitted(): Promise<boolean>
}

export function createCall(input: GatewayCallInput): GatewayCall {
  const { context, handle, request, response } = input
  return {
    context,
    handle,
    request,
    response,
    principal: principalOf(context.actor),
    startedAtMs: performance.now(),
    keepStream(end) {
      const forget = input.keep({ isStillPermitted: input.isStillPermitted, end })
      response.once('close', forget)
    },
    keepSession: ({ isWanted, end }) => input.keep({ isStillPermitted: async () => isWanted() && (await input.isStillPermitted()), end }),
  }
}

export function recordCall(call: GatewayCall, label: string, failed: boolean): void {
  call.context.usage.recordCall({ connectionUid: call.handle.row.uid, tool: label, durationMs: performance.now() - call.startedAtMs, failed })
}

/** What a message is counted under: the tool it calls, else its method, unless the caller made that up. */
export function labelOf(method: string, params: Record<string, unknown> | undefined): string {
  if (method === 'tools/call' && typeof params?.name === 'string') return params.name
  return findMethod(method) ? method : 'unknown method'
}
