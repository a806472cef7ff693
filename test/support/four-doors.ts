// One tool call through each of the four ways in, with its outcome in one shape.
import type { RunningPlugboard } from './start-plugboard.ts'

export const DOORS = ['REST', 'tRPC', 'the shared session', 'a session of its own'] as const
export type Door = (typeof DOORS)[number]

export interface Outcome {
  status: number
  headers: Headers
  /** The whole body, for what must not be in it; '' if it broke off. */
  text: string
  /** `room.reason`, of the error that came back. */
  code: string | undefined
  /** Whose fault, as the gateway says it. */
  side: string | undefined
  /** The answer ended in a broken connection. */
  broken: boolean
}

const INITIALIZE = {
  jsonrpc: '2.0',
  id: 1,
  method: 'initialize',
  params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'c', version: '1' } },
}

export type CallOptions = { tool?: string; arguments?: Record<string, unknown>; signal?: AbortSignal }

/** Prepares a way in; what it returns makes one call and may be used again. */
export async function openDoor(
  plugboard: RunningPlugboard,
  door: Door,
  connectionId: string
): Promise<(options?: CallOptions) => Promise<Outcome>> {
  const path = `/connect/shop/${connectionId}/mcp`
  const post = async (to: string, body: unknown, headers: Record<string, string>, signal?: AbortSignal) =>
    outcomeOf(
      await fetch(plugboard.url + to, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${plugboard.key}`,
          'content-type': 'application/json',
          accept: 'application/json, text/event-stream',
          ...headers,
        },
        body: JSON.stringify(body),
        ...(signal && { signal }),
      })
    )
  // An upstream without sessions gives none, and clients then go on without.
  const given = door === 'a session of its own' ? (await post(path, INITIALIZE, {})).headers.get('mcp-session-id') : 'smithery-stateless'
  const session: Record<string, string> = given === null ? {} : { 'mcp-session-id': given }
  return ({ tool = 'echo', arguments: input = { text: 'hi' }, signal } = {}) => {
    if (door === 'REST') return post(`/shop/${connectionId}/.tools/${tool}`, input, {}, signal)
    if (door === 'tRPC') return post('/trpc/tools.invoke', { namespace: 'shop', connectionId, tool, arguments: input }, {}, signal)
    return post(path, { jsonrpc: '2.0', id: 'mine', method: 'tools/call', params: { name: tool, arguments: input } }, session, signal)
  }
}

async function outcomeOf(response: Response): Promise<Outcome> {
  const text = await response.text().catch(() => undefined)
  const error = errorIn(text ?? '')
  return {
    status: response.status,
    headers: response.headers,
    text: text ?? '',
    code: error?.code,
    side: error?.side,
    broken: text === undefined,
  }
}

/** REST's body, tRPC's envelope, JSON-RPC's error as JSON or as the last event. */
function errorIn(text: string): { code?: string; side?: string } | undefined {
  const json = text.startsWith('{')
    ? text
    : text
        .split('\n')
        .findLast((line) => line.startsWith('data: '))
        ?.slice('data: '.length)
  if (json === undefined) return undefined
  try {
    const body = JSON.parse(json) as { code?: string; error?: { data?: { code?: string; side?: string; plugboard?: { code: string } } } }
    return typeof body.code === 'string' ? { code: body.code } : body.error?.data?.plugboard ?? body.error?.data
  } catch {
    return undefined
  }
}
