// Reading one HTTP reply to a pooled call: how its bytes become the caller's answer. Each kind of body
// has its reader; what it finds it tells the exchange.
import type { AppError } from '../lib/app-error.ts'
import type { WireBytes } from '../lib/wire-bytes.ts'
import { translateMessage, type Translation } from './translate-message.ts'

export interface ReplyReader {
  onData(chunk: Buffer): void
  /** The body is whole. */
  onEnd(): void
}

/** The exchange, as its reader sees it. After `succeed`, `succeedWith` or `fail` it is over. */
export interface ReplyTarget {
  readonly isOver: boolean
  /** An answer in pieces begins. */
  open(kind: 'json' | 'events'): void
  write(bytes: Buffer): void
  /** The pieces were the whole answer. */
  succeed(): void
  /** The whole answer at once. */
  succeedWith(answer: WireBytes): void
  fail(error: AppError): void
  /** The upstream asks something of its client. */
  answerServer(method: string, idToken: string): void
}

/** One message of a stream, for whomever it concerns. True: it was the answer. @throws MessageRefused */
export function deliverMessage(target: ReplyTarget, translation: Translation, bytes: Buffer, frame: (bytes: Buffer) => Buffer): boolean {
  const translated = translateMessage(bytes, translation)
  if (translated.kind === 'answer') {
    target.write(frame(Buffer.from(translated.text, 'latin1')))
    target.succeed()
    return true
  }
  if (translated.kind === 'relay') target.write(frame(translated.bytes))
  else if (translated.kind === 'refuse') target.fail(translated.error)
  else if (translated.kind === 'server-request') target.answerServer(translated.method, translated.idToken)
  return false
}
