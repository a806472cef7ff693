// Takes a content coding off a body as it streams (RFC 9110 §8.4). Memory is bounded by zlib's own
// buffers: a decoder that is not read stops taking input, and says so.
import { createBrotliDecompress, createGunzip, createInflate, createInflateRaw, type BrotliDecompress, type Gunzip, type Inflate, type InflateRaw } from 'node:zlib'

export type ContentCoding = 'gzip' | 'deflate' | 'br'

export interface DecoderSink {
  onData(chunk: Buffer): void
  onEnd(): void
  /** The body is not what its coding says, or something follows it. */
  onError(cause: Error): void
  /** Stop writing until `onDrain`. */
  onFull(): void
  onDrain(): void
}

export interface Decoder {
  write(chunk: Buffer): void
  end(): void
  pause(): void
  resume(): void
  destroy(): void
}

/** The coding a response names; `unknown` also for several, which only a bomb needs. */
export function readContentCoding(header: string | string[] | undefined): ContentCoding | 'unknown' | undefined {
  if (header === undefined) return undefined
  const name = String(header).trim().toLowerCase()
  if (name === '' || name === 'identity') return undefined
  if (name === 'gzip' || name === 'x-gzip') return 'gzip'
  return name === 'deflate' || name === 'br' ? name : 'unknown'
}

/** `first` is the first chunk to come: "deflate" without its zlib wrapper is common enough to be met (RFC 9110 §8.4.1.2). */
export function createDecoder(coding: ContentCoding, first: Buffer, sink: DecoderSink): Decoder {
  const stream = openStream(coding, first)
  let written = 0
  let ended = false
  stream.on('data', (chunk: Buffer) => sink.onData(chunk))
  stream.on('drain', () => sink.onDrain())
  stream.on('error', (error: Error) => sink.onError(error))
  stream.on('end', () => {
    // zlib ends quietly at the end of the coded data and ignores what follows it: somebody's second answer.
    if (ended && stream.bytesWritten === written) sink.onEnd()
    else sink.onError(new Error('bytes after the end of the coded body'))
  })
  return {
    write(chunk) {
      written += chunk.length
      if (!stream.write(chunk)) sink.onFull()
    },
    end() {
      ended = true
      stream.end()
    },
    pause: () => void stream.pause(),
    resume: () => void stream.resume(),
    destroy: () => void stream.destroy(),
  }
}

function openStream(coding: ContentCoding, first: Buffer): Gunzip | Inflate | InflateRaw | BrotliDecompress {
  if (coding === 'gzip') return createGunzip()
  if (coding === 'br') return createBrotliDecompress()
  const zlibWrapped = (first[0]! & 0x0f) === 8
  return zlibWrapped ? createInflate() : createInflateRaw()
}
