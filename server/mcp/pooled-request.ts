// The bytes and headers of a caller's request on somebody else's session: an id and a progress token
// that are unique there, the envelope added or taken away where the two revisions differ.
import { addEnvelope, removeEnvelope, routingHeaders } from './envelope.ts'
import type { ScannedMessage } from './message-scan.ts'
import { splice, type Edit } from './splice.ts'
import type { Translation } from './translate-message.ts'
import type { UpstreamSession } from './upstream-session.ts'

export interface PooledRequest {
  body: Buffer
  headers: Record<string, string>
  /** `undefined`: both sides speak 2026-07-28, nothing is shared, bytes pass as they are. */
  translation: Translation | undefined
  sentId: number | undefined
}

export interface PooledCall {
  /** A request: it has an id and a method. */
  message: ScannedMessage & { method: string; idToken: string }
  principal: string
  /** The caller's own envelope is in the message. */
  callerIsStateless: boolean
  /** `Mcp-Param-*` and the like that the caller sent and that may go on. */
  forwardHeaders: Readonly<Record<string, string>>
}

export function buildPooledRequest(session: UpstreamSession, call: PooledCall): PooledRequest {
  return session.verdict.era === 'stateless' ? statelessRequest(session, call) : sessionRequest(session, call)
}

function statelessRequest(session: UpstreamSession, { message, callerIsStateless, forwardHeaders }: PooledCall): PooledRequest {
  const headers = { ...session.headers, ...forwardHeaders, ...routingHeaders(message.method, message.params) }
  if (callerIsStateless) return { body: message.bytes, headers, translation: undefined, sentId: undefined }
  return {
    body: splice(message.bytes, addEnvelope(message.bytes, message.offsets)),
    headers,
    sentId: undefined,
    translation: {
      sentIdToken: message.idToken,
      callerIdToken: message.idToken,
      sentProgressToken: undefined,
      callerProgressToken: undefined,
      shared: false,
      completeResultOf: undefined,
      refuseInputRequired: true,
    },
  }
}

function sessionRequest(session: UpstreamSession, { message, callerIsStateless }: PooledCall): PooledRequest {
  const sentId = session.nextId()
  const sentToken = String(sentId)
  const { bytes, offsets } = message
  const progress = offsets.metaMembers.find(({ key }) => key === 'progressToken')?.value
  const callerProgressToken = progress && bytes.toString('utf8', progress.start, progress.end)
  const edits: Edit[] = [{ ...offsets.id!, text: sentToken }]
  const body = callerIsStateless
    ? // The envelope's removal rewrites `_meta`, so the progress token is replaced in a second pass of that text.
      splice(bytes, [...edits, ...removeEnvelope(bytes, offsets).map((edit) => withProgressToken(edit, callerProgressToken, sentToken))])
    : splice(bytes, progress ? [...edits, { ...progress, text: sentToken }] : edits)
  return {
    body,
    headers: { ...session.headers },
    sentId,
    translation: {
      sentIdToken: sentToken,
      callerIdToken: message.idToken,
      sentProgressToken: callerProgressToken === undefined ? undefined : sentToken,
      callerProgressToken,
      shared: true,
      completeResultOf: callerIsStateless ? message.method : undefined,
      refuseInputRequired: false,
    },
  }
}

/** `edit.text` is a rebuilt `_meta` object of plain JSON. */
function withProgressToken(edit: Edit, callerToken: string | undefined, sentToken: string): Edit {
  if (callerToken === undefined) return edit
  return { ...edit, text: JSON.stringify({ ...(JSON.parse(edit.text) as object), progressToken: Number(sentToken) }) }
}
