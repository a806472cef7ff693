// Tells clients that what the endpoint of a namespace lists has changed: a connection came, went or changed its status.
import { watchCallableConnections } from '../connections/watch-connections.ts'
import { holdStream } from '../context/hold-stream.ts'
import { toAppError } from '../lib/app-error.ts'
import { KIB } from '../lib/units.ts'
import type { PooledCall } from '../mcp/pooled-request.ts'
import { encodeSse } from '../mcp/sse.ts'
import type { AggregateCall } from './aggregate-call.ts'
import { EVENT_STREAM_HEADERS } from './answer-headers.ts'
import { subscriptionInvalid } from './gateway-errors.ts'

/** Until the returned function is called: the stream ends when its caller may no longer have it. */
type KeepStream = (end: () => void) => () => void

/** What a client of 2026-07-28 asks for, and the notification that tells it. */
const CHANGES = {
  toolsListChanged: 'notifications/tools/list_changed',
  resourcesListChanged: 'notifications/resources/list_changed',
  promptsListChanged: 'notifications/prompts/list_changed',
} as const

type Change = keyof typeof CHANGES
const ALL = Object.keys(CHANGES) as Change[]

/** A reader that does not read hears later what it would hear now: that there is something new. */
const MAX_UNREAD_BYTES = 64 * KIB

/** The GET stream of revisions with sessions (Streamable HTTP, listening for messages from the server). */
export function streamNews(call: AggregateCall, keep: KeepStream): void {
  open(call, keep, () => call.response.end())
  void tell(call, ALL, (method) => ({ method }))
}

/** `subscriptions/listen` (MCP 2026-07-28): says what it will tell, tells it, and answers when it ends. */
export function listenForNews(call: AggregateCall, { params, idToken }: PooledCall['message'], keep: KeepStream): void {
  const wanted = params?.notifications
  if (typeof wanted !== 'object' || wanted === null) throw subscriptionInvalid()
  const id: unknown = JSON.parse(idToken)
  const _meta = { 'io.modelcontextprotocol/subscriptionId': id }
  const honored = ALL.filter((change) => (wanted as Record<string, unknown>)[change] === true)
  const end = () => {
    write(call, { id, result: { resultType: 'complete', _meta } })
    call.response.end()
  }
  open(call, keep, end)
  const notifications = Object.fromEntries(honored.map((change) => [change, true]))
  write(call, { method: 'notifications/subscriptions/acknowledged', params: { notifications, _meta } })
  if (honored.length === 0) end()
  else void tell(call, honored, (method) => ({ method, params: { _meta } }))
}

function open({ context, response }: AggregateCall, keep: KeepStream, end: () => void): void {
  if (response.destroyed) return
  response.once('close', holdStream(context))
  response.once('close', keep(end))
  response.writeHead(200, EVENT_STREAM_HEADERS)
  response.flushHeaders()
}

async function tell(call: AggregateCall, changes: readonly Change[], messageOf: (method: string) => object): Promise<void> {
  const { context, namespace, response, signal } = call
  try {
    for await (const { about } of watchCallableConnections(context, { namespace, signal })) {
      if (about !== 'status' || response.writableLength > MAX_UNREAD_BYTES) continue
      for (const change of changes) write(call, messageOf(CHANGES[change]))
    }
  } catch (error) {
    const failure = toAppError(error)
    context.log.info('a stream of news ended', { requestId: context.requestId, code: failure.code })
    response.end()
  }
}

function write({ response }: AggregateCall, message: object): void {
  if (!response.writableEnded && !response.destroyed) response.write(encodeSse(JSON.stringify({ jsonrpc: '2.0', ...message })))
}
