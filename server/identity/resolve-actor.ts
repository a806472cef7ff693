// From what a request presents to who is asking. Verdicts are remembered for a moment, by the key's
// digest, so that a busy key costs one hash per call.
import { hash } from 'node:crypto'
import { findApiKeyByDigest } from '../../db/queries/api-keys.ts'
import { apiKeyActorOf } from '../context/api-key-actor.ts'
import type { KnownKey } from '../context/caches.ts'
import type { House } from '../context/context.ts'
import { isLoopbackHost } from '../config/loopback.ts'
import type { ReadOrigin } from '../lib/request-origin.ts'
import type { Actor } from '../policy/actor.ts'
import { resolveServiceToken } from '../tokens/resolve-service-token.ts'
import { looksLikeToken, MAX_TOKEN_LENGTH } from '../tokens/token-text.ts'
import { countGuess } from './attempts.ts'
import { apiKeyInBrowser, unauthenticated } from './identity-errors.ts'
import { digestOfKey, isWellFormedKey } from './key-format.ts'
import { requireAddress } from './require-address.ts'

/** How long a verdict may outlive a revocation made by another process. */
const VERDICT_MS = 2000

export interface Presented {
  authorization: string | undefined
  origin: string | undefined
  /** The address that was called, where tokens for one address alone are taken. */
  audience?: string
  /** From where: a credential that is limited to addresses is good for nothing without. */
  readOrigin?: ReadOrigin | undefined
}

/** @throws identity.unauthenticated, identity.api_key_in_browser, identity.address_refused */
export function resolveActor(house: House, presented: Presented): Actor | Promise<Actor> {
  const holder = resolveHolder(house, presented)
  if (holder instanceof Promise) return holder.then((actor) => requireAddress(house, actor, presented.readOrigin))
  return requireAddress(house, holder, presented.readOrigin)
}

/** Whose it is, wherever it was found. @throws identity.unauthenticated, identity.api_key_in_browser, identity.too_many_attempts */
export function resolveHolder(house: House, presented: Presented): Actor | Promise<Actor> {
  const key = readBearer(presented.authorization)
  if (key === undefined) throw unauthenticated()
  // Made for browsers, too: the policy of a token says on which pages.
  if (looksLikeToken(key)) {
    const found = resolveServiceToken(house, key, presented)
    return found instanceof Promise ? found.then((actor) => actor ?? refuse(house, presented)) : (found ?? refuse(house, presented))
  }
  if (presented.origin !== undefined && !isOwnLaptop(house, presented.origin)) throw apiKeyInBrowser()
  const cacheKey = hash('sha256', key, 'base64url')
  const known = house.caches.keys.get(cacheKey)
  const nowMs = house.now()
  if (known && nowMs - known.checkedAtMs < VERDICT_MS && nowMs >= known.checkedAtMs && (known.expiresAtMs === undefined || nowMs < known.expiresAtMs)) {
    house.usage.recordKeyUse(known.actor.id)
    return known.actor
  }
  return lookUp(house, key, cacheKey, presented)
}

/** Whoever shows nothing but these is told to wait; a good one from the same address, behind a proxy perhaps, is not held to it. */
function refuse(house: House, { readOrigin }: Presented): never {
  countGuess(house, readOrigin)
  throw unauthenticated()
}

async function lookUp(house: House, key: string, cacheKey: string, presented: Presented): Promise<Actor> {
  const digest = digestOfKey(key)
  // The operator's own root key may have any shape; everything else must carry our checksum.
  if (digest !== house.rootKeyDigest && !isWellFormedKey(key)) return refuse(house, presented)
  const known = await house.caches.keys.lookUp(cacheKey, () => findKnownKey(house, digest))
  if (!known) return refuse(house, presented)
  house.usage.recordKeyUse(known.actor.id)
  return known.actor
}

async function findKnownKey(house: House, digest: string): Promise<KnownKey | undefined> {
  const row = await findApiKeyByDigest(house.db, digest)
  const nowMs = house.now()
  if (!row || row.revokedAt !== null || (row.expiresAt !== null && row.expiresAt <= nowMs)) return undefined
  return { actor: apiKeyActorOf(row), expiresAtMs: row.expiresAt ?? undefined, checkedAtMs: nowMs }
}

/** RFC 6750 §2.1, and nothing longer than a token may be. */
export function readBearer(authorization: string | undefined): string | undefined {
  if (authorization === undefined || authorization.length > MAX_TOKEN_LENGTH + 16) return undefined
  const match = /^Bearer +(\S+)$/i.exec(authorization)
  return match?.[1]
}

/** On a developer's machine a page of another local port is the developer's own. */
function isOwnLaptop(house: House, origin: string): boolean {
  return house.config.laptop && URL.canParse(origin) && isLoopbackHost(new URL(origin).hostname)
}
