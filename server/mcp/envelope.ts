// The envelope of revision 2026-07-28: what `initialize` once negotiated travels in every request's
// `params._meta`, and headers repeat what a proxy may want to route by (MCP 2026-07-28
// basic/transports §request headers).
import { findMethod } from '../policy/mcp-methods.ts'
import { PRODUCT } from '../lib/product.ts'
import type { MessageOffsets, ScannedMessage } from './message-scan.ts'
import { STATELESS_REVISION } from './protocol-revision.ts'
import type { Edit } from './splice.ts'

const PROTOCOL_KEY = 'io.modelcontextprotocol/protocolVersion'
const ENVELOPE_KEYS: ReadonlySet<string> = new Set([
  PROTOCOL_KEY,
  'io.modelcontextprotocol/clientInfo',
  'io.modelcontextprotocol/clientCapabilities',
  'io.modelcontextprotocol/logLevel',
])

/** Ours: no client capabilities, because a caller who has no session cannot be asked back. */
export const OUR_ENVELOPE = {
  [PROTOCOL_KEY]: STATELESS_REVISION,
  'io.modelcontextprotocol/clientInfo': PRODUCT,
  'io.modelcontextprotocol/clientCapabilities': {},
}
const OUR_MEMBERS = JSON.stringify(OUR_ENVELOPE).slice(1, -1)

/** Edits that put our envelope into a request that has none. */
export function addEnvelope(bytes: Buffer, offsets: MessageOffsets): Edit[] {
  if (offsets.meta) return [replaceMeta(bytes, offsets, OUR_MEMBERS)]
  if (offsets.params) {
    const comma = offsets.paramsMembers.length > 0 ? ',' : ''
    return [insertAt(offsets.params.start + 1, `"_meta":{${OUR_MEMBERS}}${comma}`)]
  }
  return [insertAt(offsets.root.end - 1, `,"params":{"_meta":{${OUR_MEMBERS}}}`)]
}

/** Edits that take the envelope out, for an upstream that would not know it, and put in another progress token if there is one. */
export const replaceEnvelope = (bytes: Buffer, offsets: MessageOffsets, progressToken: string): Edit[] =>
  offsets.metaMembers.some(({ key }) => ENVELOPE_KEYS.has(key) || key === 'progressToken') ? [replaceMeta(bytes, offsets, '', progressToken)] : []

/** The same `_meta` without envelope members, with `members` in front. */
function replaceMeta(bytes: Buffer, offsets: MessageOffsets, members: string, progressToken?: string): Edit {
  const kept = offsets.metaMembers
    .filter(({ key }) => !ENVELOPE_KEYS.has(key))
    .map(({ key, member }) =>
      key === 'progressToken' && progressToken !== undefined ? `"progressToken":${progressToken}` : bytes.toString('utf8', member.start, member.end),
    )
  const meta = offsets.meta!
  return { start: meta.start, end: meta.end, text: `{${[members, ...kept].filter((text) => text !== '').join(',')}}` }
}

const insertAt = (at: number, text: string): Edit => ({ start: at, end: at, text })

/** The revision that a request's envelope names. */
export function envelopeRevision(message: ScannedMessage): string | undefined {
  const meta = message.params?._meta
  if (typeof meta !== 'object' || meta === null) return undefined
  const revision = (meta as Record<string, unknown>)[PROTOCOL_KEY]
  return typeof revision === 'string' ? revision : undefined
}

/** Header values are Latin-1 text without edge spaces; anything else is wrapped (SEP-2243). */
export function encodeHeaderValue(value: string): string {
  const plain = /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/.test(value) && !/^=\?base64\?/i.test(value)
  return plain ? value : `=?base64?${Buffer.from(value, 'utf8').toString('base64')}?=`
}

/** Mcp-Method and Mcp-Name, rebuilt from the body that they must agree with. */
export function routingHeaders(method: string, params: Record<string, unknown> | undefined): Record<string, string> {
  const headers: Record<string, string> = { 'mcp-protocol-version': STATELESS_REVISION, 'mcp-method': encodeHeaderValue(method) }
  const source = findMethod(method)?.nameParam
  const name = source && params?.[source]
  if (typeof name === 'string') headers['mcp-name'] = encodeHeaderValue(name)
  return headers
}

/** Members that every 2026-07-28 result must have, inserted into an older server's result. */
export function completeResult(method: string, bytes: Buffer, offsets: MessageOffsets): Edit[] {
  // A result that is no object is wrong in every revision; it stays what it is.
  if (!offsets.result || bytes[offsets.result.start] !== 0x7b) return []
  const present = new Set(offsets.resultMembers.map(({ key }) => key))
  const missing: string[] = []
  if (!present.has('resultType')) missing.push('"resultType":"complete"')
  if (findMethod(method)?.cacheable) {
    if (!present.has('ttlMs')) missing.push('"ttlMs":0')
    if (!present.has('cacheScope')) missing.push('"cacheScope":"private"')
  }
  if (missing.length === 0) return []
  return [insertAt(offsets.result.start + 1, missing.join(',') + (present.size > 0 ? ',' : ''))]
}
