// From a service token to an actor: signed by us, not over, not revoked, its minter still there. What its signature
// proves is remembered; what could end it is in memory, too, so that a call asks the database for nothing.
import { hash } from 'node:crypto'
import type { KnownToken } from '../context/caches.ts'
import type { House } from '../context/context.ts'
import { MINUTE_MS, SECOND_MS } from '../lib/units.ts'
import type { ServiceTokenActor } from '../policy/actor.ts'
import { compileToken } from './compile-token.ts'
import { verifyWithVault } from './verify-with-vault.ts'
import { findMinter } from './find-minter.ts'
import { learnRevocations } from './learn-revocations.ts'

/** What this process knows of revocations may be this old. A background query every two seconds keeps it younger; where that fails, each call asks. */
const STALE_MS = 5 * SECOND_MS
/** Times are those of the database's clock, which all processes go by; this is for what they know of it. */
const CLOCK_SKEW_MS = MINUTE_MS

/** Where a token is shown. */
export interface Showing {
  /** Of the web page that shows it. */
  origin: string | undefined
  /** The address that was called, where tokens for one address alone are taken. */
  audience?: string
}

/** `undefined` for whatever is not, not yet, no longer or not here a good token. */
export function resolveServiceToken(house: House, token: string, showing: Showing): ServiceTokenActor | undefined | Promise<ServiceTokenActor | undefined> {
  const cacheKey = hash('sha256', token, 'base64url')
  const known = house.caches.tokens.get(cacheKey)
  if (known && house.revocations.isCurrent(house.db.now(), STALE_MS) && hasItsMinter(house, known)) return admit(house, known, showing)
  return lookUp(house, token, cacheKey, showing)
}

const hasItsMinter = (house: House, { minter }: KnownToken): boolean => house.caches.minters.get(minter.principal) === minter

async function lookUp(house: House, token: string, cacheKey: string, showing: Showing): Promise<ServiceTokenActor | undefined> {
  if (!house.revocations.isCurrent(house.db.now(), STALE_MS)) await learnRevocations(house)
  const known = await house.caches.tokens.lookUp(cacheKey, () => findKnownToken(house, token))
  return known && admit(house, known, showing)
}

function admit(house: House, { actor, notBeforeMs, signatureHashes }: KnownToken, { origin, audience }: Showing): ServiceTokenActor | undefined {
  const nowMs = house.db.now()
  const isNow = nowMs >= notBeforeMs && nowMs < actor.expiresAtMs
  const isForHere = actor.audience === undefined || actor.audience === audience
  if (!isNow || !isForHere || house.revocations.includeAny(signatureHashes)) return undefined
  const { audience: _here, ...anywhere } = actor
  // Where it is shown was asked: from here on it is a token like any other. With its audience it may nothing at all.
  const shown: ServiceTokenActor = actor.audience === undefined ? actor : anywhere
  return origin === undefined ? shown : { ...shown, presentedFrom: origin }
}

async function findKnownToken(house: House, token: string): Promise<KnownToken | undefined> {
  const verified = await verifyWithVault(house.vault, token)
  if (!verified) return undefined
  const { root, signatureHashes } = verified
  const minter = house.caches.minters.get(root.minter) ?? (await house.caches.minters.lookUp(root.minter, () => findMinter(house, root.minter)))
  if (minter?.actor.organizationId !== root.organizationId) return undefined
  const compiled = compileToken(verified)
  if (!compiled) return undefined
  const { id, organizationId, issuedAtMs, audience } = root
  const times = { issuedAtMs, expiresAtMs: Math.min(verified.expiresAtMs, minter.expiresAtMs ?? Infinity) }
  return {
    actor: { kind: 'service_token', id, organizationId, minter: minter.actor, signatureHashes, ...compiled, ...times, ...(audience !== undefined && { audience }) },
    minter,
    signatureHashes,
    notBeforeMs: issuedAtMs - CLOCK_SKEW_MS,
  }
}
