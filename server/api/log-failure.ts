import type { TRPCError } from '@trpc/server'
import type { House } from '../context/context.ts'
import { toHouseError } from './trpc-errors.ts'

interface FailedCall {
  error: TRPCError
  path: string | undefined
  input: unknown
}

/** What was nobody's fault outside is written down; refusals are answers, not news. */
export function logFailure(house: House, requestId: string, { error, path, input }: FailedCall): void {
  const failure = toHouseError(error, input)
  if (failure.kind !== 'internal') return
  house.log.error('a tRPC call failed', { requestId, route: path, code: failure.code, error: failure.cause ?? failure })
}
