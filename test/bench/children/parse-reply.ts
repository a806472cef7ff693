// Reads one HTTP/1.1 answer off a socket's bytes. A real client would cost several times what it measures.
export interface HttpReply {
  status: number
  body: Buffer
  /** How many bytes it took. */
  end: number
}

/** `undefined` until all of it is there. Knows what servers send after a POST on a kept connection: a length, or chunks (RFC 9112 §6). */
export function parseReply(bytes: Buffer): HttpReply | undefined {
  const headEnd = bytes.indexOf('\r\n\r\n')
  if (headEnd < 0) return undefined
  const head = bytes.toString('latin1', 0, headEnd).toLowerCase()
  const status = Number(head.slice('http/1.1 '.length, 'http/1.1 200'.length))
  const start = headEnd + 4
  const length = /\r\ncontent-length: *(\d+)/.exec(head)?.[1]
  if (length !== undefined) {
    const end = start + Number(length)
    return bytes.length < end ? undefined : { status, body: bytes.subarray(start, end), end }
  }
  if (!/\r\ntransfer-encoding: *chunked/.test(head)) throw new Error(`An answer (${status}) has neither a length nor chunks`)
  return parseChunks(bytes, start, status)
}

function parseChunks(bytes: Buffer, start: number, status: number): HttpReply | undefined {
  const parts: Buffer[] = []
  for (let at = start; ; ) {
    const lineEnd = bytes.indexOf('\r\n', at)
    if (lineEnd < 0) return undefined
    const size = Number.parseInt(bytes.toString('latin1', at, lineEnd), 16)
    const dataStart = lineEnd + 2
    const end = dataStart + size + 2
    if (bytes.length < end) return undefined
    if (size === 0) return { status, body: parts.length === 1 ? parts[0]! : Buffer.concat(parts), end }
    parts.push(bytes.subarray(dataStart, dataStart + size))
    at = end
  }
}
