// What servers asked callers whose limits look at calls: such a caller may answer only what was asked of its own session,
// once, and its limits must name what that was. Kept in this process, which is where the stream with the question was.
import { LRUCache } from 'lru-cache'
import { parseMessage } from '../mcp/collect-reply.ts'

const MAX_QUESTIONS = 10_000

export class AskedBack {
  /** Methods, by session and id. */
  readonly #methods = new LRUCache<string, string>({ max: MAX_QUESTIONS })

  /** Remembers the question, if the message is one. */
  note(session: string | undefined, bytes: Buffer): void {
    if (session === undefined || !bytes.includes('"method"')) return
    const message = parseMessage(bytes)
    if (typeof message?.method !== 'string' || message.id === undefined) return
    this.#methods.set(keyOf(session, JSON.stringify(message.id)), message.method)
  }

  /** What the server asked under this id, for one answer. */
  take(session: string | undefined, idToken: string): string | undefined {
    if (session === undefined) return undefined
    const key = keyOf(session, JSON.stringify(JSON.parse(idToken)))
    const method = this.#methods.get(key)
    this.#methods.delete(key)
    return method
  }
}

const keyOf = (session: string, idToken: string): string => `${session} ${idToken}`
