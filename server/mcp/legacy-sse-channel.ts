// The HTTP+SSE transport of revision 2024-11-05: one long GET stream carries everything the server
// says; the first event names the URL to POST to; answers come back on the stream.
import type { Egress, EgressExchange } from '../egress/egress.ts'
import { AppError } from '../lib/app-error.ts'
import { collectReply, contentTypeOf, MAX_EVENT_BYTES, NEGOTIATION_TIMEOUT_MS, parseMessage } from './collect-reply.ts'
import { SseSplitter } from './sse.ts'
import { failedReply, invalidResponse, notAnMcpServer, streamCut } from './upstream-error.ts'
import type { UpstreamTarget } from './upstream-target.ts'

export type MessageListener = (bytes: Buffer, message: Record<string, unknown>) => void

export class LegacySseChannel {
  readonly #egress: Egress
  readonly #target: UpstreamTarget
  #exchange: EgressExchange | undefined
  #endpoint: URL | undefined
  #closedBy: AppError | undefined
  readonly #waiting = new Map<string, { listen: MessageListener; fail: (error: AppError) => void }>()
  /** Gets what no request waits for: notifications and the server's own requests. */
  onUnclaimed: MessageListener = () => {}
  onClosed: (error: AppError) => void = () => {}

  private constructor(egress: Egress, target: UpstreamTarget) {
    this.#egress = egress
    this.#target = target
  }

  get closed(): boolean {
    return this.#closedBy !== undefined
  }

  /** Resolves when the server has named its endpoint. @throws AppError upstream.* */
  static open(egress: Egress, target: UpstreamTarget): Promise<LegacySseChannel> {
    const channel = new LegacySseChannel(egress, target)
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => channel.#end(invalidResponse('no endpoint event within the time allowed')), NEGOTIATION_TIMEOUT_MS)
      const failFirst = (error: AppError) => {
        clearTimeout(late)
        reject(error)
      }
      channel.onClosed = failFirst
      channel.#listen(() => {
        clearTimeout(late)
        channel.onClosed = () => {}
        resolve(channel)
      })
    })
  }

  #listen(ready: () => void): void {
    const splitter = new SseSplitter(MAX_EVENT_BYTES)
    const opened = this.#target.open()
    this.#exchange = this.#egress.dispatch(
      {
        url: opened.url,
        method: 'GET',
        headers: { ...opened.headers, accept: 'text/event-stream' },
        body: null,
        trust: 'configured',
        headersTimeoutMs: NEGOTIATION_TIMEOUT_MS,
        bodyIdleTimeoutMs: 0,
        maxBytes: MAX_EVENT_BYTES,
      },
      {
        onHead: (status, headers) => {
          if (status === 401 || status === 403) this.#end(failedReply(status, headers))
          else if (status !== 200 || contentTypeOf(headers) !== 'event-stream') this.#end(notAnMcpServer(status))
        },
        onData: (chunk) => {
          if (this.#closedBy) return
          try {
            for (const event of splitter.push(chunk)) {
              // Whoever heard the event before may have closed the channel.
              if (this.#closedBy) return
              if (event.event === 'endpoint' && event.data && !this.#endpoint) {
                this.#endpoint = resolveEndpoint(event.data.toString('utf8'), opened.url)
                ready()
              } else if (event.data) this.#deliver(event.data)
            }
          } catch (error) {
            this.#end(error instanceof AppError ? error : invalidResponse('an event that is too large', error))
          }
        },
        onEnd: () => this.#end(streamCut()),
        onError: (error) => this.#end(error),
      },
    )
  }

  #deliver(bytes: Buffer): void {
    const message = parseMessage(bytes)
    if (!message) return
    const waiting = message.method === undefined && message.id !== undefined ? this.#waiting.get(JSON.stringify(message.id)) : undefined
    if (waiting) {
      this.#waiting.delete(JSON.stringify(message.id))
      waiting.listen(bytes, message)
    } else this.onUnclaimed(bytes, message)
  }

  /** Posts a message. @throws AppError when the server does not accept it. */
  async send(message: Buffer): Promise<void> {
    if (this.#closedBy) throw this.#closedBy
    const reply = await collectReply(this.#egress, {
      // Opened for this one message: the channel outlives the call and must not hold the credential.
      opened: { ...this.#target.open(), url: this.#endpoint! },
      headers: { 'content-type': 'application/json' },
      body: message,
    })
    if (reply.status < 200 || reply.status >= 300) throw failedReply(reply.status, reply.headers)
  }

  /** Posts a request with an id that is ours alone, and hands over its answer when the stream brings it. */
  requestWith(id: number | string, message: Buffer, listen: MessageListener, fail: (error: AppError) => void): void {
    if (this.#closedBy) return fail(this.#closedBy)
    const key = JSON.stringify(id)
    this.#waiting.set(key, { listen, fail })
    this.send(message).catch((error: AppError) => {
      if (this.#waiting.delete(key)) fail(error)
    })
  }

  request(id: number, message: Buffer): Promise<Record<string, unknown>> {
    return new Promise((resolve, reject) => this.requestWith(id, message, (_bytes, answer) => resolve(answer), reject))
  }

  /** Nobody waits for this answer any more. */
  forget(id: number | string): void {
    this.#waiting.delete(JSON.stringify(id))
  }

  close(): void {
    this.#end(streamCut())
  }

  #end(error: AppError): void {
    if (this.#closedBy) return
    this.#closedBy = error
    this.#exchange?.abort()
    const waiting = [...this.#waiting.values()]
    this.#waiting.clear()
    for (const { fail } of waiting) fail(error)
    this.onClosed(error)
  }
}

/** The endpoint must lie on the same origin: it receives the connection's credential. */
function resolveEndpoint(text: string, base: URL): URL {
  const endpoint = URL.canParse(text, base) ? new URL(text, base) : undefined
  if (!endpoint || endpoint.origin !== base.origin) throw invalidResponse('an endpoint on another origin')
  return endpoint
}
