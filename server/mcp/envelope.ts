// The envelope of revision 2026-07-28: what `initialize` once negotiated travels in every request's
// `params._meta`, and headers repeat what a proxy may want to route by (MCP 2026-07-28
// basic/transports §request headers).
import { findMethod } from '../policy/mcp-methods.ts'
import { OPEN_OBJECT } from '../lib/json-signs.ts'
import { PRODUCT } from '../lib/product.ts'
import type { TraceContext } from '../telemetry/telemetry.ts'
import { isTraceKey, traceMembers } from './carry-trace.ts'
import { editMeta } from './edit-meta.ts'
import type { MessageOffsets, ScannedMessage } from './message-scan.ts'
import { STATELESS_REVISION } from './protocol-revision.ts'
import { insertAt, type Edit } from './splice.ts'

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
export const addEnvelope = (bytes: Buffer, offsets: MessageOffsets, trace?: TraceContext): Edit[] => [
  editMeta(bytes, offsets, { add: trace ? `${OUR_MEMBERS},${traceMembers(trace)}` : OUR_MEMBERS, drops: ownKeys(trace) }),
]

/** Edits that take the envelope out, for an upstream that would not know it, and put in another progress token if there is one. */
export function replaceEnvelope(bytes: Buffer, offsets: MessageOffsets, progressToken: string, trace?: TraceContext): Edit[] {
  const isConcerned = trace !== undefined || offsets.metaMembers.some(({ key }) => ENVELOPE_KEYS.has(key) || key === 'progressToken')
  return isConcerned ? [editMeta(bytes, offsets, { add: trace ? traceMembers(trace) : '', drops: ownKeys(trace), progressToken })] : []
}

/** What of a caller's `_meta` does not go on. */
const ownKeys = (trace: TraceContext | undefined) => (key: string): boolean => ENVELOPE_KEYS.has(key) || (trace !== undefined && isTraceKey(key))

/** The revision that a request's envelope names. */
export const envelopeRevision = (message: ScannedMessage): string | undefined => message.textMeta(PROTOCOL_KEY)

/** Header values are Latin-1 text without edge spaces; anything else is wrapped (SEP-2243). */
export function encodeHeaderValue(value: string): string {
  const plain = /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/.test(value) && !/^=\?base64\?/i.test(value)
  return plain ? value : `=?base64?${Buffer.from(value, 'utf8').toString('base64')}?=`
}

/** Mcp-Method and Mcp-Name, rebuilt from the body that they must agree with. */
export function routingHeaders(method: string, message?: Pick<ScannedMessage, 'textParam'>): Record<string, string> {
  const known = findMethod(method)
  const headers: Record<string, string> = { 'mcp-protocol-version': STATELESS_REVISION, 'mcp-method': known ? method : encodeHeaderValue(method) }
  const source = known?.nameParam
  const name = source && message?.textParam(source)
  if (name !== undefined) headers['mcp-name'] = encodeHeaderValue(name)
  return headers
}

/** Members that every 2026-07-28 result must have, inserted into an older server's result. */
export function completeResult(method: string, bytes: Buffer, offsets: MessageOffsets): Edit[] {
  // A result that is no object is wrong in every revision; it stays what it is.
  if (!offsets.result || bytes[offsets.result.start] !== OPEN_OBJECT) return []
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
