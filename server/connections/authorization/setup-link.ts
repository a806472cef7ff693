// The link that a person opens to finish a connection. It holds what it is for, sealed, so that reading a
// connection writes nothing; it ends with its time, with the grant that it was made for, and with the connection.
import type { House } from '../../context/context.ts'
import { DAY_MS } from '../../lib/units.ts'
import { openValue, sealValue } from '../../vault/sealed-value.ts'

const LIFETIME_MS = DAY_MS
/** A reader gets the same link until half of its life is over. */
const STEP_MS = LIFETIME_MS / 2

export interface SetupLink {
  connectionUid: string
  /** A consent and a new set of headers move it on, and end this link. */
  credentialGeneration: number
  expiresAtMs: number
}

export function setupUrlOf(house: House, connection: { uid: string; credentialGeneration: number }): string {
  const expiresAtMs = (Math.floor(house.now() / STEP_MS) + 2) * STEP_MS
  const link: SetupLink = { connectionUid: connection.uid, credentialGeneration: connection.credentialGeneration, expiresAtMs }
  return `${house.config.publicUrl.origin}/setup/${sealValue(house.vault, 'setup-link', link)}`
}

/** `undefined` for whatever is not a link of ours that still works. */
export function readSetupLink(house: House, token: string): SetupLink | undefined {
  const value = openValue(house.vault, 'setup-link', token) as Partial<SetupLink> | undefined
  if (typeof value?.connectionUid !== 'string' || typeof value.credentialGeneration !== 'number' || typeof value.expiresAtMs !== 'number') return undefined
  return value.expiresAtMs > house.now() ? (value as SetupLink) : undefined
}
