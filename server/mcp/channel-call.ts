// A pooled call on an HTTP+SSE session: the reply does not answer a request of HTTP, it arrives on the
// stream that all callers share.
import type { PooledRequest } from './pooled-request.ts'
import { deliverMessage, type ReplyTarget } from './reply-reader.ts'
import { encodeSse } from './sse.ts'
import type { UpstreamSession } from './upstream-session.ts'

export function callOverChannel(target: ReplyTarget, session: UpstreamSession, { body, sentId, translation }: PooledRequest): void {
  // Whoever asked for progress gets a stream, because progress comes before the answer.
  const wantsProgress = translation.callerProgressToken !== undefined
  const deliver = (bytes: Buffer) => {
    if (!target.isOver) deliverMessage(target, translation, bytes, (plain) => (wantsProgress ? encodeSse(plain) : plain))
  }
  if (wantsProgress) {
    target.open('events')
    session.onProgress(translation.sentProgressToken!, deliver)
  }
  const answered = (bytes: Buffer) => {
    if (!target.isOver) target.open('json')
    deliver(bytes)
  }
  session.channel!.requestWith(sentId!, Buffer.from(body, 'latin1'), answered, (error) => target.fail(error))
}

/** The call is over: nobody listens for what may still come. */
export function leaveChannel(session: UpstreamSession, { sentId, translation }: PooledRequest): void {
  if (translation.sentProgressToken !== undefined) session.offProgress(translation.sentProgressToken)
  if (sentId !== undefined) session.channel?.forget(sentId)
}
