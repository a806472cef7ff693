// How the fixture upstream puts an outcome on the wire: JSON or an event stream, honest or spoilt.
import type { IncomingMessage, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { brotliCompressSync, createBrotliCompress, createDeflate, createGzip, deflateSync, gzipSync } from 'node:zlib'
import type { FixtureKnobs } from './fixture-knobs.ts'
import type { RpcMessage, RpcOutcome } from './fixture-mcp.ts'

const COMPRESS_SYNC = { gzip: gzipSync, deflate: deflateSync, br: brotliCompressSync }
const COMPRESS_STREAM = { gzip: createGzip, deflate: createDeflate, br: createBrotliCompress }

export const sseEvent = (message: unknown): string => `event: message\ndata: ${JSON.stringify(message)}\n\n`

export function sendJson(res: ServerResponse, status: number, value: unknown, encoding: FixtureKnobs['encoding'] = null): void {
  const plain = Buffer.from(JSON.stringify(value))
  const body = encoding ? COMPRESS_SYNC[encoding](plain) : plain
  res.writeHead(status, { 'content-type': 'application/json', 'content-length': body.length, ...(encoding && { 'content-encoding': encoding }) })
  res.end(body)
}

/** The answer to a request, spoilt if the knobs say so for its method. */
export async function sendAnswer(req: IncomingMessage, res: ServerResponse, method: string, outcome: RpcOutcome, knobs: FixtureKnobs): Promise<void> {
  const spoilt = knobs.on.includes(method)
  if (spoilt && knobs.slowHeaders) await knobs.slowHeaders
  if (spoilt && (await spoil(req, res, outcome, knobs))) return
  if (outcome.never) return openAndWait(res, knobs)
  const waitForBody = spoilt ? knobs.slowBody : null
  const ids = spoilt ? knobs.answerIds : 'own'
  if (knobs.sse && outcome.status === 200) return sendStream(res, outcome, ids, waitForBody)
  if (waitForBody) {
    res.writeHead(outcome.status, { 'content-type': 'application/json' })
    res.flushHeaders()
    await waitForBody
    res.end(JSON.stringify(outcome.answer))
    return
  }
  if (ids === 'duplicate') {
    // The member twice: which of the two a parser believes is its own affair.
    const twice = JSON.stringify(outcome.answer).replace('"id":', '"id":"foreign","id":')
    res.writeHead(outcome.status, { 'content-type': 'application/json' }).end(twice)
    return
  }
  sendJson(res, outcome.status, ids === 'foreign' ? { ...outcome.answer, id: 'foreign' } : outcome.answer, knobs.encoding)
}

async function sendStream(res: ServerResponse, outcome: RpcOutcome, ids: FixtureKnobs['answerIds'], waitForBody: Promise<void> | null): Promise<void> {
  res.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
  res.flushHeaders()
  if (waitForBody) await waitForBody
  const strangers: RpcMessage[] = [
    { jsonrpc: '2.0', method: 'notifications/progress', params: { progressToken: 'foreign', progress: 1 } },
    { ...outcome.answer, id: 'foreign' },
  ]
  const answer = ids === 'foreign' ? { ...outcome.answer, id: 'foreign' } : outcome.answer
  const messages = [...(ids === 'strangers-first' ? strangers : []), ...outcome.before, answer, ...(ids === 'duplicate' ? [answer] : [])]
  for (const message of messages) res.write(sseEvent(message))
  res.end()
}

/** The tool `slow`: as an event stream the head leaves at once, as JSON nothing does. */
function openAndWait(res: ServerResponse, knobs: FixtureKnobs): void {
  if (!knobs.sse) return
  res.writeHead(200, { 'content-type': 'text/event-stream' })
  res.flushHeaders()
}

/** True if a spoilt answer was sent in place of the honest one. */
async function spoil(req: IncomingMessage, res: ServerResponse, outcome: RpcOutcome, knobs: FixtureKnobs): Promise<boolean> {
  const body = JSON.stringify(outcome.answer)
  if (knobs.echoSecrets) {
    sendJson(res, knobs.echoSecrets, { error: `not with ${JSON.stringify(req.headers)} at ${req.url}` })
  } else if (knobs.html) {
    res.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><script>alert(1)</script>')
  } else if (knobs.noContent) {
    res.writeHead(204).end()
  } else if (knobs.partialJson) {
    const half = body.slice(0, body.length / 2)
    res.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(half) }).end(half)
  } else if (knobs.cutStream) {
    await cut(req, res, body, knobs)
  } else if (knobs.hugeBody !== null) {
    res.writeHead(200, { 'content-type': 'application/json' })
    await pipeline(Readable.from(bytesOf(knobs.hugeBody, 0x20)), res).catch(ignoreReaderLeft)
  } else if (knobs.compressionBomb) {
    const { encoding, bytes } = knobs.compressionBomb
    res.writeHead(200, { 'content-type': 'application/json', 'content-encoding': encoding })
    await pipeline(Readable.from(bytesOf(bytes, 0)), COMPRESS_STREAM[encoding](), res).catch(ignoreReaderLeft)
  } else {
    return false
  }
  return true
}

async function cut(req: IncomingMessage, res: ServerResponse, body: string, knobs: FixtureKnobs): Promise<void> {
  if (knobs.cutStream === 'before-head') {
    req.socket.resetAndDestroy()
    return
  }
  res.writeHead(200, knobs.sse ? { 'content-type': 'text/event-stream' } : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) })
  const first = knobs.sse ? ': thinking\n\n' : body.slice(0, body.length / 2)
  await new Promise<void>((resolve) => res.write(first, () => resolve()))
  // "end" is the polite cut: an event stream closes as if all were said; JSON is cut off by a FIN.
  if (knobs.cutStream === 'reset') req.socket.resetAndDestroy()
  else if (knobs.sse) res.end()
  else req.socket.end()
}

function* bytesOf(total: number, fill: number): Generator<Buffer> {
  const chunk = Buffer.alloc(64 * 1024, fill)
  for (let sent = 0; sent < total; sent += chunk.length) yield total - sent < chunk.length ? chunk.subarray(0, total - sent) : chunk
}

// A reader that gives up is what these knobs are for.
const ignoreReaderLeft = () => {}
