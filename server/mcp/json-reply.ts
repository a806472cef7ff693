// A reply that is one JSON-RPC message.
import { answersRequest } from './answers-request.ts'
import { MessageRefused } from './message-scan.ts'
import type { ReplyReader, ReplyTarget } from './reply-reader.ts'
import { ResponseIdRewriter } from './response-id-rewriter.ts'
import { translateMessage, type Translation } from './translate-message.ts'
import { invalidResponse } from './upstream-error.ts'

const foreignAnswer = () => invalidResponse('a message that does not belong to the request')

export function createJsonReply(target: ReplyTarget, translation: Translation): ReplyReader {
  // Members are added to the result, or it is looked into: both want the whole of it.
  const streams = translation.shared && translation.completeResultOf === undefined
  return streams ? new StreamedJsonReply(target, translation) : new WholeJsonReply(target, translation)
}

/** Passes by while it comes, with nothing but the id replaced. */
class StreamedJsonReply implements ReplyReader {
  readonly #target: ReplyTarget
  readonly #translation: Translation
  /** It waits for a second one: most answers have none, and are read and sent in one piece. */
  #first: Buffer | undefined
  #rewriter: ResponseIdRewriter | undefined
  /** Until the id is found, which may be at the end: somebody else's answer must not have left in part. */
  #held: Buffer[] = []
  #opened = false

  constructor(target: ReplyTarget, translation: Translation) {
    this.#target = target
    this.#translation = translation
  }

  onData(chunk: Buffer): void {
    if (!this.#first) {
      this.#first = chunk
      return
    }
    const rewriter = (this.#rewriter ??= this.#beginRewriting(this.#first))
    this.#held.push(...rewriter.push(chunk))
    if (!rewriter.matched) return
    if (!this.#opened) this.#target.open('json')
    this.#opened = true
    for (const part of this.#held.splice(0)) this.#target.write(part)
  }

  #beginRewriting(first: Buffer): ResponseIdRewriter {
    const rewriter = new ResponseIdRewriter(this.#translation.sentIdToken, this.#translation.callerIdToken)
    this.#held.push(...rewriter.push(first))
    return rewriter
  }

  onEnd(): void {
    if (!this.#rewriter) return answerWhole(this.#target, this.#translation, this.#first ?? Buffer.alloc(0))
    const { matched, complete } = this.#rewriter
    if (!complete) this.#target.fail(invalidResponse('something that is not a whole JSON-RPC message'))
    else if (!matched) this.#target.fail(foreignAnswer())
    else if (this.#opened) this.#target.succeed()
    else this.#target.succeedWith(Buffer.concat(this.#held))
  }
}

class WholeJsonReply implements ReplyReader {
  readonly #target: ReplyTarget
  readonly #translation: Translation
  readonly #chunks: Buffer[] = []

  constructor(target: ReplyTarget, translation: Translation) {
    this.#target = target
    this.#translation = translation
  }

  onData(chunk: Buffer): void {
    this.#chunks.push(chunk)
  }

  onEnd(): void {
    answerWhole(this.#target, this.#translation, this.#chunks.length === 1 ? this.#chunks[0]! : Buffer.concat(this.#chunks))
  }
}

/** Also for an error that came with a status of its own. */
export function answerWhole(target: ReplyTarget, translation: Translation, bytes: Buffer): void {
  try {
    const translated = translateMessage(bytes, translation)
    if (translated.kind === 'answer') target.succeedWith(translated.text)
    else if (translated.kind === 'refuse') target.fail(translated.error)
    else if (!translation.shared && answersRequest(bytes.toString('latin1'), translation.sentIdToken)) target.succeedWith(bytes)
    else target.fail(foreignAnswer())
  } catch (error) {
    if (!(error instanceof MessageRefused)) throw error
    target.fail(invalidResponse('something that is not a JSON-RPC message', error))
  }
}
