// Whether what came back is the answer to what was sent: before anything of it is passed on.
import { parseMessage } from './collect-reply.ts'
import { ResponseIdRewriter } from './response-id-rewriter.ts'

/** `bytes` are one whole message with the request's id (its JSON text). */
export function answersRequest(bytes: Buffer, idToken: string): boolean {
  const cursor = new ResponseIdRewriter(idToken, idToken)
  cursor.push(bytes)
  if (cursor.matched && cursor.complete) return true
  // The same id in another spelling (1.0, "\u00e9"), or an error about a request that could not be read (JSON-RPC 2.0 §5).
  const message = parseMessage(bytes)
  return message !== undefined && (message.id === JSON.parse(idToken) || (message.id === null && message.error !== undefined))
}
