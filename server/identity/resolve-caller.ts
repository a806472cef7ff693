// Who calls a procedure: a backend with its key, or a page of ours with the cookie of whoever looks at it.
import type { House } from '../context/context.ts'
import type { ReadOrigin } from '../lib/request-origin.ts'
import type { Actor } from '../policy/actor.ts'
import { isFromOurPages } from './cross-site.ts'
import { crossSite, signedOut } from './identity-errors.ts'
import { resolveActor } from './resolve-actor.ts'
import { readSessionId } from './session-cookie.ts'
import { findSession } from './sessions.ts'

export interface PresentedToProcedure {
  method: string
  header(name: string): string | undefined
  readOrigin?: ReadOrigin | undefined
}

/** Whoever shows a key means the key, whatever a browser adds to it. @throws identity.unauthenticated, identity.api_key_in_browser, identity.address_refused, http.cross_site */
export function resolveCaller(house: House, { method, header, readOrigin }: PresentedToProcedure): Actor | Promise<Actor> {
  const authorization = header('authorization')
  const origin = header('origin')
  const cookie = authorization === undefined ? header('cookie') : undefined
  if (readSessionId(house.config, cookie) === undefined) return resolveActor(house, { authorization, origin, readOrigin })
  if (!isFromOurPages(house.config, { method, origin, fetchSite: header('sec-fetch-site') })) throw crossSite()
  return findSession(house, cookie).then((session) => {
    if (!session) throw signedOut()
    return session.actor
  })
}
