// Whether what came back is the answer to what was sent: before anything of it is passed on.
import { parseMessage } from './collect-reply.ts'
import { MessageRefused, scanUpstreamText } from './message-scan.ts'
import { toWire } from './wire-text.ts'

/** `text` has a character for each byte; it is one whole message with the request's id (its JSON text). */
export const answersRequest = (text: string, idToken: string): boolean => hasId(text, idToken) || hasSameId(text, idToken)

function hasId(text: string, idToken: string): boolean {
  try {
    const { id } = scanUpstreamText(text)
    return id !== undefined && text.slice(id.start, id.end) === toWire(idToken)
  } catch (error) {
    if (error instanceof MessageRefused) return false
    throw error
  }
}

/** The id in another spelling (1.0, "\u00e9"), or an error about a request that could not be read (JSON-RPC 2.0 §5). */
function hasSameId(text: string, idToken: string): boolean {
  const message = parseMessage(Buffer.from(text, 'latin1'))
  return message !== undefined && (message.id === JSON.parse(idToken) || (message.id === null && message.error !== undefined))
}
