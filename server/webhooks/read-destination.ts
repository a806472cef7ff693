import type { Egress } from '../egress/egress.ts'
import { invalidInput, isAppError } from '../lib/app-error.ts'

/** @throws input.invalid for what the caller can mend. A destination that egress would block reads like any that does not answer: the deliveries show it. */
export function readDestination(text: string, egress: Egress): string {
  const url = new URL(text)
  try {
    egress.check(url, 'learnt')
  } catch (error) {
    if (!isAppError(error)) throw error
    if (error.kind === 'invalid') throw invalidInput('url', 'must be https; http only where the operator\'s EGRESS_ALLOW lists the destination')
  }
  return url.href
}
