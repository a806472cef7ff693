import type { Context } from '../context/context.ts'
import { readTrace } from '../mcp/carry-trace.ts'
import { messageFacts } from '../mcp/message-facts.ts'
import type { ScannedMessage } from '../mcp/message-scan.ts'

/** What a request turned out to be, for its trace; and the message's word of what it goes on from (MCP SEP-414). */
export function traceMessage({ span }: Context, message: ScannedMessage): void {
  if (!span) return
  span.continueFrom(readTrace(message))
  if (message.method !== undefined) span.tell(messageFacts(message.method, message.params))
}
