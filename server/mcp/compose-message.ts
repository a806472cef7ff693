// A request of our own making (REST, tRPC), shaped like one that was scanned.
import type { ScannedMessage } from './message-scan.ts'

const HEAD = '{"jsonrpc":"2.0","id":'
const ID = '0'
const ID_RANGE = { start: HEAD.length, end: HEAD.length + ID.length }
const NOWHERE = { start: 0, end: 0 }

export type ComposedMessage = ScannedMessage & { method: string; idToken: string }

/** `method` is one of MCP's, which are ASCII: a character is a byte up to the params. */
export function composeMessage(method: string, params: Record<string, unknown>): ComposedMessage {
  const before = `${HEAD}${ID},"method":"${method}","params":`
  const bytes = Buffer.from(`${before}${JSON.stringify(params)}}`)
  return {
    bytes,
    text: bytes.toString('latin1'),
    method,
    idToken: ID,
    params,
    textParam(key) {
      const value = params[key]
      return typeof value === 'string' ? value : undefined
    },
    // Callers of ours never bring one.
    textMeta: () => undefined,
    offsets: {
      root: { start: 0, end: bytes.length },
      jsonrpc: undefined,
      id: ID_RANGE,
      method: undefined,
      result: undefined,
      error: undefined,
      meta: undefined,
      params: { start: before.length, end: bytes.length - 1 },
      // Only whether there are members matters to who inserts `_meta`.
      paramsMembers: Object.keys(params).map((key) => ({ key, start: 0, value: NOWHERE })),
      metaMembers: [],
      resultMembers: [],
    },
  }
}
