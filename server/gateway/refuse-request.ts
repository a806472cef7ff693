import type { ServerResponse } from 'node:http'
import type { House } from '../context/context.ts'
import { toAppError } from '../lib/app-error.ts'
import { errorTable } from '../lib/error-table.ts'
import { MessageRefused } from '../mcp/message-scan.ts'
import { challengeOf } from './challenge.ts'
import { messageRefused } from './gateway-errors.ts'
import { sendRpcError } from './rpc-answer.ts'

export interface RefusedRequest {
  error: unknown
  /** As in `sendRpcError`. */
  idToken: string | undefined
  requestId: string
  status?: number | undefined
}

/** Whatever was thrown, as its caller may know it; what is our own fault is in the log. */
export function refuseRequest(house: House, response: ServerResponse, { error, idToken, requestId, status }: RefusedRequest): void {
  const failure = error instanceof MessageRefused ? messageRefused(error.message, error) : toAppError(error)
  house.telemetry?.current()?.tell({ errorType: failure.code })
  if (errorTable[failure.kind].side === 'plugboard') house.log.error('a gateway request failed', { requestId, code: failure.code, error: failure })
  if (failure.kind === 'unauthenticated' && !response.headersSent) response.setHeader('www-authenticate', challengeOf(house, response.req))
  sendRpcError(response, failure, idToken, requestId, status)
}
