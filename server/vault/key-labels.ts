// Every HKDF-SHA256 label of the house. One secret may feed many uses only if no two uses share a
// label (RFC 5869 §3.2), so a label that is not in this file does not exist.
import { hkdfSync } from 'node:crypto'
import { DAY_MS } from '../lib/units.ts'

/** Derived from a key encryption key: its public name, and the key that wraps data keys. */
export type KekLabel = 'kek-id' | 'kek-wrap'

/** Derived from the instance's root key, by use; `lifetimeMs` is how long the longest-lived value made with it may be shown to us. */
export const derivedKeyUses = {
  'session-id': { lifetimeMs: DAY_MS },
  'setup-link': { lifetimeMs: DAY_MS },
  cursor: { lifetimeMs: DAY_MS },
  'service-token': { lifetimeMs: DAY_MS },
} as const

export type DerivedKeyLabel = keyof typeof derivedKeyUses

export const longestLifetimeMs = Math.max(...Object.values(derivedKeyUses).map((use) => use.lifetimeMs))

const NO_SALT = Buffer.alloc(0)

export const deriveBytes = (secret: Buffer, label: KekLabel | DerivedKeyLabel, length = 32): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, NO_SALT, `plugboard/v1/${label}`, length))
