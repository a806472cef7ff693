// Server-sent events as bytes (WHATWG HTML §9.2): cut the stream into events, keep each event's own
// bytes for forwarding, and give its data, id and retry to whoever must look inside.

export interface SseEvent {
  /** As received, with its blank line. */
  raw: Buffer
  event: string
  /** Joined data lines; `undefined` when there were none (a comment, a bare id). */
  data: Buffer | undefined
  id: string | undefined
  retryMs: number | undefined
}

export class SseOverflow extends Error {
  override readonly name = 'SseOverflow'
}

const LF = 0x0a
const CR = 0x0d

export class SseSplitter {
  readonly #maxEventBytes: number
  #rest: Buffer = Buffer.alloc(0)
  #searched = 0

  constructor(maxEventBytes: number) {
    this.#maxEventBytes = maxEventBytes
  }

  /** The events completed by this chunk. @throws SseOverflow when one event outgrows the limit. */
  push(chunk: Buffer): SseEvent[] {
    const bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk])
    const events: SseEvent[] = []
    let start = 0
    let from = this.#searched
    for (;;) {
      const end = endOfEvent(bytes, from)
      if (end < 0) break
      events.push(parseEvent(bytes.subarray(start, end)))
      start = end
      from = end
    }
    this.#rest = bytes.subarray(start)
    if (this.#rest.length > this.#maxEventBytes) throw new SseOverflow('An event is larger than allowed.')
    // A blank line may straddle two chunks: look again at the last three bytes ("\r\n\r").
    this.#searched = Math.max(0, this.#rest.length - 3)
    return events
  }
}

/** Index after the blank line that ends an event, or -1. Lines end with \n, \r\n or \r. */
function endOfEvent(bytes: Buffer, from: number): number {
  for (let at = from; at < bytes.length; at++) {
    const code = bytes[at]
    if (code !== LF && code !== CR) continue
    const next = code === CR && bytes[at + 1] === LF ? at + 2 : at + 1
    // "\r" at the very end: whether "\n" follows is not known yet.
    if (code === CR && at + 1 === bytes.length) return -1
    if (next >= bytes.length) return -1
    if (bytes[next] === LF) return next + 1
    if (bytes[next] === CR) {
      if (next + 1 < bytes.length) return bytes[next + 1] === LF ? next + 2 : next + 1
      return -1
    }
    at = next - 1
  }
  return -1
}

function parseEvent(raw: Buffer): SseEvent {
  const parsed: SseEvent = { raw, event: 'message', data: undefined, id: undefined, retryMs: undefined }
  const data: string[] = []
  for (const line of raw.toString('utf8').split(/\r\n|\n|\r/)) {
    const colon = line.indexOf(':')
    if (colon === 0 || line === '') continue
    const field = colon < 0 ? line : line.slice(0, colon)
    const rest = colon < 0 ? '' : line.slice(colon + 1)
    const value = rest.startsWith(' ') ? rest.slice(1) : rest
    if (field === 'data') data.push(value)
    else if (field === 'event') parsed.event = value
    else if (field === 'id' && !value.includes('\u0000')) parsed.id = value
    else if (field === 'retry' && /^\d+$/.test(value)) parsed.retryMs = Number(value)
  }
  if (data.length > 0) parsed.data = Buffer.from(data.join('\n'))
  return parsed
}

/** One event that carries one JSON-RPC message. */
export const encodeSse = (message: Buffer | string, id?: string): Buffer =>
  Buffer.concat([Buffer.from(`${id === undefined ? '' : `id: ${id}\n`}event: message\ndata: `), Buffer.from(message), Buffer.from('\n\n')])
