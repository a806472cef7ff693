import type { CallerSignal } from '../lib/caller-signal.ts'

/**
 * What tRPC carries through a request. Its type is part of the router's type, which other packages import:
 * so it says nothing of the house behind it. `call-context.ts` knows what it stands for.
 */
export interface CallHandle {
  readonly requestId: string
  /** Where tRPC itself is not given an AbortSignal to hand on. */
  readonly callerSignal?: CallerSignal | undefined
}
