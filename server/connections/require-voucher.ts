import { type Actor, isLimited } from '../policy/actor.ts'
import { vouchingForbidden } from './connection-errors.ts'

/**
 * With `oauth` somebody vouches for an authorization server that deviates from the book: people are sent there, and their grants
 * go there. That is not lent. @throws connection.vouching_forbidden
 */
export function requireVoucher(actor: Actor, input: { oauth?: object | null | undefined }): void {
  if (input.oauth && isLimited(actor)) throw vouchingForbidden()
}
