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
    offsets: {
      root: { start: 0, end: bytes.length },
      id: ID_RANGE,
      params: { start: before.length, end: bytes.length - 1 },
      // Only whether there are members matters to who inserts `_meta`; callers of ours never bring one.
      paramsMembers: Object.keys(params).map((key) => ({ key, member: NOWHERE, value: NOWHERE })),
      metaMembers: [],
      resultMembers: [],
    },
  }
}
