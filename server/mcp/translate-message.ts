// What one message from an upstream becomes for the caller it may concern. On a shared session a
// message reaches a caller only through its own request id or its own progress token; everything
// else stays here.
import type { AppError } from '../lib/app-error.ts'
import { completeResult } from './envelope.ts'
import { MessageRefused, scanUpstreamText, type MessageOffsets, type Range } from './message-scan.ts'
import { STATELESS_REVISION } from './protocol-revision.ts'
import { replaceAt, splice, spliceText } from './splice.ts'
import { needsClient } from './upstream-error.ts'
import { fromWire } from './wire-text.ts'

export interface Translation {
  /** JSON tokens (`7`, `"a"`): what the upstream was given, and what the caller gave. */
  sentIdToken: string
  callerIdToken: string
  /** The progress token likewise, when the caller asked for progress. */
  sentProgressToken: string | undefined
  callerProgressToken: string | undefined
  /** The session is shared: notifications that name nobody are nobody's. */
  shared: boolean
  /** The caller speaks 2026-07-28 and the upstream does not: results need members of that revision. */
  completeResultOf: string | undefined
  /** The upstream may answer "input_required", which this caller could not understand. */
  refuseInputRequired: boolean
}

export type Translated =
  /** With a character for each byte. */
  | { kind: 'answer'; text: string }
  | { kind: 'relay'; bytes: Buffer }
  /** The upstream asks us something; its JSON id token. */
  | { kind: 'server-request'; method: string; idToken: string }
  | { kind: 'drop' }
  | { kind: 'refuse'; error: AppError }

/** @throws MessageRefused when `bytes` are not one JSON-RPC message. */
export function translateMessage(bytes: Buffer, translation: Translation): Translated {
  const text = bytes.toString('latin1')
  const offsets = scanUpstreamText(text)
  const token = (range: Range | undefined) => range && fromWire(text.slice(range.start, range.end))
  const idToken = token(offsets.id)
  if (offsets.method) {
    const method = readToken(token(offsets.method)!)
    if (typeof method !== 'string') throw new MessageRefused('The method is not a string.')
    if (idToken !== undefined) {
      // It goes into an answer of ours: a token that is not JSON must not.
      readToken(idToken)
      return { kind: 'server-request', method, idToken }
    }
    return translateNotification(bytes, offsets, method, translation, token)
  }
  if (idToken === undefined || !isSameToken(idToken, translation.sentIdToken)) return { kind: 'drop' }
  if (translation.refuseInputRequired && wantsClient(bytes, offsets)) return { kind: 'refuse', error: needsClient(STATELESS_REVISION) }
  const edits = idToken === translation.callerIdToken ? [] : [replaceAt(offsets.id!, translation.callerIdToken)]
  if (translation.completeResultOf !== undefined) edits.push(...completeResult(translation.completeResultOf, bytes, offsets))
  return { kind: 'answer', text: edits.length === 0 ? text : spliceText(text, edits) }
}

function translateNotification(
  bytes: Buffer,
  offsets: MessageOffsets,
  method: string,
  translation: Translation,
  token: (range: Range | undefined) => string | undefined,
): Translated {
  if (!translation.shared) return { kind: 'relay', bytes }
  if (method !== 'notifications/progress' || translation.callerProgressToken === undefined) return { kind: 'drop' }
  const progressToken = offsets.paramsMembers.find(({ key }) => key === 'progressToken')?.value
  if (!progressToken || token(progressToken) !== translation.sentProgressToken) return { kind: 'drop' }
  return { kind: 'relay', bytes: splice(bytes, [replaceAt(progressToken, translation.callerProgressToken)]) }
}

/** The scan only located it: an upstream may have written anything there. */
function readToken(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new MessageRefused('The message is not valid JSON.')
  }
}

/** Servers that parse an id may spell it otherwise in their answer (`"\u00e9"` for `"é"`). */
const isSameToken = (one: string, other: string): boolean => one === other || readToken(one) === readToken(other)

/** MCP 2026-07-28: MissingRequiredClientCapability. */
const MISSING_CAPABILITY = -32021

/** The result asks for input; or the server saw that we declared no way to ask, and refused at once. */
function wantsClient(bytes: Buffer, offsets: MessageOffsets): boolean {
  const { error } = offsets
  if (!error) return memberText(bytes, offsets, 'resultType') === '"input_required"'
  const said = readToken(bytes.toString('utf8', error.start, error.end)) as { code?: unknown } | null
  return said?.code === MISSING_CAPABILITY
}

const memberText = (bytes: Buffer, offsets: MessageOffsets, key: string): string | undefined => {
  const member = offsets.resultMembers.find((candidate) => candidate.key === key)
  return member && bytes.toString('utf8', member.value.start, member.value.end)
}
