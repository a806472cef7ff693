// What becomes of bytes that somebody calls a message.
import { MessageRefused, scanCallerMessage } from '../../../server/mcp/message-scan.ts'

export const request = (params: string) => `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":${params}}`

/** Its sentence, or '' if nothing is refused; any other error is the test's failure. */
export const refusalOf = (scanning: () => unknown): string => {
  try {
    scanning()
  } catch (error) {
    if (error instanceof MessageRefused) return error.message
    throw error
  }
  return ''
}

export const sentenceOf = (bytes: string | Buffer): string => refusalOf(() => scanCallerMessage(Buffer.from(bytes))) || 'accepted'
