import { TRPCError } from '@trpc/server'
import { type AppError, isAppError } from '../lib/app-error.ts'
import { toHouseError } from './trpc-errors.ts'

/** The house's error behind whatever a use case or one of our procedures threw; undefined if it is neither's. */
export function houseErrorOf(thrown: unknown): AppError | undefined {
  if (isAppError(thrown)) return thrown
  return thrown instanceof TRPCError ? toHouseError(thrown, undefined) : undefined
}
