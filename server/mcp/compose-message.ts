// A request of our own making (REST, tRPC), shaped like one that was scanned.
import type { ScannedMessage } from './message-scan.ts'

const HEAD = '{"jsonrpc":"2.0","id":'
const ID = '0'

export function composeMessage(method: string, params: Record<string, unknown>): ScannedMessage {
  const paramsText = Buffer.from(JSON.stringify(params))
  const before = `${HEAD}${ID},"method":${JSON.stringify(method)},"params":`
  const bytes = Buffer.concat([Buffer.from(before), paramsText, Buffer.from('}')])
  const paramsStart = Buffer.byteLength(before)
  return {
    bytes,
    method,
    idToken: ID,
    params,
    offsets: {
      root: { start: 0, end: bytes.length },
      id: { start: HEAD.length, end: HEAD.length + ID.length },
      params: { start: paramsStart, end: paramsStart + paramsText.length },
      // Only whether there are members matters to who inserts `_meta`; callers of ours never bring one.
      paramsMembers: Object.keys(params).map((key) => ({ key, member: { start: 0, end: 0 }, value: { start: 0, end: 0 } })),
      metaMembers: [],
      resultMembers: [],
    },
  }
}
