import { isAppError } from '../lib/app-error.ts'
import { deniedRequestOf } from '../policy/authorize.ts'
import type { Context } from './context.ts'

/**
 * The end of every door's way, when a use case threw: whether that was a refusal is for the policy to say, also where the
 * caller was told that there is no such thing. `route`: as the door writes it, without names.
 */
export function noteDenial(context: Context, error: unknown, route: string): void {
  if (!isAppError(error)) return
  const asked = deniedRequestOf(error)
  if (!asked && error.kind !== 'forbidden') return
  context.audit.note(context, {
    action: 'access.request',
    result: 'denied',
    code: error.code,
    details: { route, ...(asked && { operation: asked.operation, resource: asked.resource }) },
  })
}
