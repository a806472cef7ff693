// Messages of ours beside a call: a cancellation, an answer to what the server asked. Nobody waits for them.
import type { Egress } from '../egress/egress.ts'
import { collectReply } from './collect-reply.ts'
import type { UpstreamSession } from './upstream-session.ts'
import type { UpstreamTarget } from './upstream-target.ts'

export function tellUpstream(egress: Egress, target: UpstreamTarget, session: UpstreamSession, body: Buffer): void {
  const sent = session.channel ? session.channel.send(body) : collectReply(egress, { opened: target.open(), headers: { ...session.headers }, body })
  // The upstream may be gone already; then there is nobody to tell.
  Promise.resolve(sent).catch(() => undefined)
}

/** MCP cancellation: the request with this id is not wanted any more. */
export const cancellationOf = (requestId: number): Buffer =>
  Buffer.from(JSON.stringify({ jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId, reason: 'the caller left' } }))
