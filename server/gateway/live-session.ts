// What is kept of an HTTP+SSE session while its stream lives, and where what the server says goes: to whoever asked for that progress,
// else to the caller's own stream, else it waits a little.
import type { ServerResponse } from 'node:http'
import { MAX_EVENT_BYTES } from '../mcp/collect-reply.ts'
import type { LegacySseChannel } from '../mcp/legacy-sse-channel.ts'
import { encodeSse } from '../mcp/sse.ts'

export interface LiveSession {
  connectionUid: string
  channel: LegacySseChannel
  /** The caller's GET stream, where the server's own messages go. */
  listener: ServerResponse | undefined
  /** What the server said before the caller listened; bounded. */
  backlog: Buffer[]
  backlogBytes: number
  /** Who waits for progress, by the JSON text of the token. */
  progress: Map<string, ServerResponse>
  /** Requests that wait for their answer. */
  inFlight: number
  lastUsedAtMs: number
}

const MAX_BACKLOG = 100
/** For a caller who does not listen, or reads slower than the server talks: this stream cannot be slowed down. */
const MAX_UNREAD_BYTES = 2 * MAX_EVENT_BYTES

export function tell(live: LiveSession, bytes: Buffer, said: Record<string, unknown>): void {
  const token = said.method === 'notifications/progress' ? progressTokenOf(said.params) : undefined
  const asker = token === undefined ? undefined : live.progress.get(token)
  const stream = asker ?? live.listener
  if (!stream) hold(live, bytes)
  else if (stream.writableLength > MAX_UNREAD_BYTES) live.channel.close()
  else stream.write(encodeSse(bytes))
}

function hold(live: LiveSession, bytes: Buffer): void {
  if (live.backlog.length === MAX_BACKLOG || live.backlogBytes + bytes.length > MAX_UNREAD_BYTES) return
  live.backlog.push(bytes)
  live.backlogBytes += bytes.length
}

/** As JSON text. */
export function progressTokenOf(holder: unknown): string | undefined {
  const token = (holder as { progressToken?: unknown } | null | undefined)?.progressToken
  return token === undefined ? undefined : JSON.stringify(token)
}
