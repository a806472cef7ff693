// Whether a token is still good for anything, and for whom it acts.
import type { TokenView } from './token-types.ts'

export interface Minter {
  name: string
  /** Revoked, expired or no member any more: what they minted ended with them. */
  isGone: boolean
}

export type TokenState = 'active' | 'revoked' | 'expired' | 'orphaned'

export function stateOf({ revokedAt, expiresAt }: Pick<TokenView, 'revokedAt' | 'expiresAt'>, minter: Minter | undefined, now: number): TokenState {
  if (revokedAt !== null) return 'revoked'
  if (Date.parse(expiresAt) <= now) return 'expired'
  return minter === undefined || minter.isGone ? 'orphaned' : 'active'
}
