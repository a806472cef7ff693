import type { TRPCError } from '@trpc/server'
import type { House } from '../context/context.ts'
import { toHouseError } from './trpc-errors.ts'

interface FailedCall {
  error: TRPCError
  path: string | undefined
  input: unknown
}

/** In the trace of its request. What was nobody's fault outside is in the log, too; refusals are answers, not news. */
export function noteFailure(house: House, requestId: string, { error, path, input }: FailedCall): void {
  const failure = toHouseError(error, input)
  house.telemetry?.current()?.tell({ errorType: failure.code })
  if (failure.kind !== 'internal') return
  house.log.error('a tRPC call failed', { requestId, route: path, code: failure.code, error: failure.cause ?? failure })
}
