// Who calls the MCP door, and whether they may have what they call. Asked when a request comes, and again while its answer lasts.
import type { IncomingMessage } from 'node:http'
import { requireHandle, type ConnectionName } from '../connections/find-handle.ts'
import type { ConnectionHandle } from '../context/caches.ts'
import { contextFor, type Context, type House } from '../context/context.ts'
import { noteDenial } from '../context/note-denial.ts'
import { resolveActor } from '../identity/resolve-actor.ts'
import type { Actor } from '../policy/actor.ts'

/** Below this, MCP clients call us as an authorized resource of our own; tokens may be for one address alone. */
const RESOURCE_PATHS = '/mcp/'

export const pathOf = (url: string): string => {
  const queryAt = url.indexOf('?')
  return queryAt < 0 ? url : url.slice(0, queryAt)
}

/** @throws identity.unauthenticated, identity.api_key_in_browser, identity.address_refused */
export function identify(house: House, { url = '', headers }: IncomingMessage, readOrigin: Origin['readOrigin']): Actor | Promise<Actor> {
  const presented = { authorization: headers.authorization, origin: headers.origin, readOrigin }
  return resolveActor(house, url.startsWith(RESOURCE_PATHS) ? { ...presented, audience: `${house.config.publicUrl.origin}${pathOf(url)}` } : presented)
}

/** The request that is asked for: also again, later. */
export type Origin = Pick<Context, 'requestId' | 'readOrigin'>

export interface Admitted {
  context: Context
  handle: ConnectionHandle
}

/** @throws identity.*, connection.not_found, policy.forbidden, connection.auth_required, oauth.* */
export function admit(house: House, name: ConnectionName, request: IncomingMessage, origin: Origin): Admitted | Promise<Admitted> {
  const actor = identify(house, request, origin.readOrigin)
  if (actor instanceof Promise) return actor.then((known) => withHandle(house, known, name, origin))
  return withHandle(house, actor, name, origin)
}

function withHandle(house: House, actor: Actor, name: ConnectionName, { requestId, readOrigin }: Origin): Admitted | Promise<Admitted> {
  const context = contextFor(house, actor, requestId, readOrigin)
  const denied = (error: unknown): never => {
    noteDenial(context, error, 'MCP')
    throw error
  }
  try {
    const handle = requireHandle(context, name, 'execute', 'some')
    return handle instanceof Promise ? handle.then((read) => ({ context, handle: read }), denied) : { context, handle }
  } catch (error) {
    return denied(error)
  }
}
