import type { ScannedMessage } from '../mcp/message-scan.ts'
import { labelOf, recordCall, type GatewayCall } from './call.ts'
import { sendRpcError } from './rpc-answer.ts'

/** A request that could not be made: answered, and counted as a call that went wrong. */
export function failCall(call: GatewayCall, message: ScannedMessage, error: unknown): void {
  const failure = call.explain(error)
  sendRpcError(call.response, failure, message.idToken, call.context.requestId)
  recordCall(call, labelOf(message), true, failure.code)
}
