// A key can be limited to addresses, and what it minted is then limited to them, too: a copy of it is worth nothing elsewhere.
import type { House } from '../context/context.ts'
import type { ReadOrigin } from '../lib/request-origin.ts'
import type { Actor } from '../policy/actor.ts'
import { addressRefused } from './identity-errors.ts'

/** Nobody's address is known without `readOrigin`: then it is none of them. @throws identity.address_refused */
export function requireAddress(house: House, actor: Actor, readOrigin: ReadOrigin | undefined): Actor {
  const holder = actor.kind === 'service_token' ? actor.minter : actor
  if (holder.kind !== 'api_key' || holder.addresses === undefined) return actor
  const origin = readOrigin?.()
  if (origin && holder.addresses.includes(origin.address)) return actor
  house.audit.note({ actor, requestId: origin?.requestId, readOrigin }, { action: 'access.request', result: 'denied', code: 'identity.address_refused' })
  throw addressRefused()
}
