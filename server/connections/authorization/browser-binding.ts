// Ties an authorization request to the browser that started it: whoever finishes it elsewhere, with a link that
// was forwarded or planted, is refused (RFC 6819 §4.4.1.7; RFC 9700 §4.7).
import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { randomBase62 } from '../../lib/ids.ts'

export const newOAuthState = (): string => randomBase62(43)

export const stateHash = (oauthState: string): string => createHash('sha256').update(oauthState).digest('base64url')

/** One cookie serves all requests of a browser; each row has a hash of its own. */
export const browserHash = (secret: string, requestId: string): string => createHmac('sha256', secret).update(requestId).digest('base64url')

export const isSameHash = (left: string, right: string): boolean => left.length === right.length && timingSafeEqual(Buffer.from(left), Buffer.from(right))
