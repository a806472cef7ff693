// A key or token that lies in public revokes itself: who reports it acts as it, and learns nothing from that.
import { contextFor, type House } from '../context/context.ts'
import { revokeApiKey } from '../identity/api-keys.ts'
import { refuseGuesser } from '../identity/attempts.ts'
import { resolveHolder } from '../identity/resolve-actor.ts'
import { isAppError } from '../lib/app-error.ts'
import type { ReadOrigin } from '../lib/request-origin.ts'
import { revokeToken } from '../tokens/revoke-token.ts'

export interface LeakedKey {
  key: string
  requestId: string
  readOrigin: ReadOrigin | undefined
}

/** Ends the same way for every key: known, unknown, expired, or not revocable at all. @throws identity.too_many_attempts, whatever the key */
export async function reportLeakedKey(house: House, { key, requestId, readOrigin }: LeakedKey): Promise<void> {
  refuseGuesser(house, readOrigin)
  try {
    const actor = await resolveHolder(house, { authorization: `Bearer ${key}`, origin: undefined, readOrigin })
    const context = contextFor(house, actor, requestId, readOrigin)
    await (actor.kind === 'service_token' ? revokeToken(context, { token: key }) : revokeApiKey(context, { id: actor.id }))
    house.log.warn('a credential was reported as leaked and is revoked', { requestId, actor: actor.id })
  } catch (error) {
    // Only refusals look alike; a database that does not answer must be heard about.
    if (!isAppError(error) || error.kind === 'internal' || error.kind === 'unavailable') throw error
    // Anybody can send garbage here, as often as they like: not worth a line that someone is paged for.
    house.log.debug('a key was reported as leaked; none was revoked', { requestId, code: error.code })
  }
}
