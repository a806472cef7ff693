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
  readonly #rest = new GrowingBuffer()
  #searched = 0

  constructor(maxEventBytes: number) {
    this.#maxEventBytes = maxEventBytes
  }

  /** The events completed by this chunk. @throws SseOverflow when one event outgrows the limit. */
  push(chunk: Buffer): SseEvent[] {
    const bytes = this.#rest.takeWith(chunk)
    const events: SseEvent[] = []
    let start = 0
    let from = this.#searched
    for (;;) {
      const end = endOfEvent(bytes, from)
      if (end < 0) break
      if (end - start > this.#maxEventBytes) throw tooLarge()
      events.push(parseEvent(bytes.subarray(start, end)))
      start = end
      from = end
    }
    const restBytes = bytes.length - start
    if (restBytes > this.#maxEventBytes) throw tooLarge()
    this.#rest.keep(bytes, start)
    // A blank line may straddle two chunks: look again at the last three bytes ("\r\n\r").
    this.#searched = Math.max(0, restBytes - 3)
    return events
  }
}

const tooLarge = () => new SseOverflow('An event is larger than allowed.')

/**
 * The beginning of an event whose end has not come. It grows by doubling: a server that sends a large
 * event byte by byte would otherwise have all of it copied for every byte.
 */
class GrowingBuffer {
  #bytes: Buffer = Buffer.alloc(0)
  #length = 0

  /** What is kept and what follows it; valid until the next `keep`. */
  takeWith(chunk: Buffer): Buffer {
    if (this.#length === 0) return chunk
    const length = this.#length + chunk.length
    if (length > this.#bytes.length) {
      const larger = Buffer.allocUnsafe(Math.max(length, 2 * this.#bytes.length))
      this.#bytes.copy(larger, 0, 0, this.#length)
      this.#bytes = larger
    }
    chunk.copy(this.#bytes, this.#length)
    return this.#bytes.subarray(0, length)
  }

  /** `bytes` from `start` on: what `takeWith` returned, less the events that it completed. */
  keep(bytes: Buffer, start: number): void {
    const goesOn = start === 0 && this.#length > 0
    this.#length = bytes.length - start
    // Events that were handed out may share the old memory: it is left to them.
    if (!goesOn) this.#bytes = Buffer.from(bytes.subarray(start))
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

/** One event that carries one JSON-RPC message, whose line breaks (a server may indent) become several data lines. */
export function encodeSse(message: Buffer | string, id?: string): Buffer {
  const data = Buffer.from(message)
  const lines = data.includes(LF) || data.includes(CR) ? Buffer.from(data.toString('utf8').replace(/\r\n|\n|\r/g, '\ndata: ')) : data
  return Buffer.concat([Buffer.from(`${id === undefined ? '' : `id: ${id}\n`}event: message\ndata: `), lines, Buffer.from('\n\n')])
}
