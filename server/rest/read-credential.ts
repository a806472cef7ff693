import type { Presented } from '../identity/resolve-actor.ts'
import type { ReadOrigin } from '../lib/request-origin.ts'
import type { RestRequest } from './route.ts'

/** What a request says about who makes it. Headers only: a key in a URL ends in logs and histories. */
export const readCredential = (request: RestRequest, readOrigin: ReadOrigin | undefined): Presented => ({
  authorization: request.headers.get('authorization') ?? undefined,
  origin: request.headers.get('origin') ?? undefined,
  readOrigin,
})
