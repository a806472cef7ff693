// The bytes and headers of a caller's request on somebody else's session: an id and a progress token
// that are unique there, the envelope added or taken away where the two revisions differ.
import type { TraceContext } from '../telemetry/telemetry.ts'
import { isTraceKey, traceHeaders, traceMembers } from './carry-trace.ts'
import { editMeta } from './edit-meta.ts'
import { addEnvelope, replaceEnvelope, routingHeaders } from './envelope.ts'
import { headerListOf, type HeaderList } from './header-list.ts'
import type { ScannedMessage } from './message-scan.ts'
import { replaceAt, spliceText } from './splice.ts'
import type { Translation } from './translate-message.ts'
import type { UpstreamSession } from './upstream-session.ts'

export interface PooledRequest {
  /** A character for each byte. */
  body: string
  /** Besides the credential's. */
  headers: HeaderList
  translation: Translation
  sentId: number | undefined
}

export interface PooledCall {
  /** A request: it has an id and a method. */
  message: ScannedMessage & { method: string; idToken: string }
  principal: string
  /** The caller's own envelope is in the message: it speaks 2026-07-28, in front of an older upstream. */
  callerIsStateless: boolean
  /** Where traces are collected: what the upstream goes on from, in place of what the caller said. */
  trace?: TraceContext | undefined
}

export function buildPooledRequest(session: UpstreamSession, call: PooledCall): PooledRequest {
  return session.verdict.era === 'stateless' ? statelessRequest(session, call) : sessionRequest(session, call)
}

function statelessRequest(session: UpstreamSession, { message, trace }: PooledCall): PooledRequest {
  return {
    headers: withTrace(session.headerList.concat(headerListOf(routingHeaders(message.method, message))), trace),
    body: spliceText(message.text, addEnvelope(message.bytes, message.offsets, trace)),
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

function sessionRequest(session: UpstreamSession, { message, callerIsStateless, trace }: PooledCall): PooledRequest {
  const sentId = session.nextId()
  const sentToken = String(sentId)
  const { bytes, offsets } = message
  const progress = offsets.metaMembers.find(({ key }) => key === 'progressToken')?.value
  const callerProgressToken = progress && bytes.toString('utf8', progress.start, progress.end)
  const edits = [replaceAt(offsets.id!, sentToken)]
  if (callerIsStateless) edits.push(...replaceEnvelope(bytes, offsets, sentToken, trace))
  else if (trace) edits.push(editMeta(bytes, offsets, { add: traceMembers(trace), drops: isTraceKey, progressToken: sentToken }))
  else if (progress) edits.push(replaceAt(progress, sentToken))
  return {
    body: spliceText(message.text, edits),
    headers: withTrace(session.headerList, trace),
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

const withTrace = (headers: HeaderList, trace: TraceContext | undefined): HeaderList => (trace ? [...headers, ...headerListOf(traceHeaders(trace))] : headers)
