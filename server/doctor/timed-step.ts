import { toAppError, type AppError } from '../lib/app-error.ts'

/** A question that was asked over the network, and how it went. */
export type TimedStep<T> =
  | { value: T; failure?: undefined; durationMs: number }
  | { value?: undefined; failure: AppError; durationMs: null }

/** Never rejects. How long a failure took is not told: it would say whether a host is blocked, closed or unknown. */
export async function timeStep<T>(ask: () => Promise<T>): Promise<TimedStep<T>> {
  const startedAt = performance.now()
  try {
    return { value: await ask(), durationMs: Math.round(performance.now() - startedAt) }
  } catch (error) {
    return { failure: toAppError(error), durationMs: null }
  }
}
