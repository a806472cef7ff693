// Work that several callers may want at the same moment and that must happen once.
import type { ClientRegistrationRow } from '../../db/schema/client-registration.ts'
import type { OAuthGrantRow } from '../../db/schema/oauth-grant.ts'
import { SingleFlight } from '../lib/single-flight.ts'
import type { ToldExamination } from './examination.ts'

export interface Flights {
  /** By connection. */
  renewals: SingleFlight<OAuthGrantRow>
  /** By connection: those that need no person. */
  firstTokens: SingleFlight<void>
  /** By organization and issuer. */
  registrations: SingleFlight<ClientRegistrationRow>
  /** By connection: asked by many at once, a server is examined once. */
  examinations: SingleFlight<ToldExamination>
  /** Of work that is done now and then, by its name: a slow round is not joined by a second. */
  rounds: SingleFlight<void>
  /** Aborted before the process ends: no renewal begins any more, and none waits for better times. */
  ending: AbortSignal
  /** Once no refresh token is on its way. */
  end(): Promise<void>
}

export function createFlights(): Flights {
  const ending = new AbortController()
  const renewals = new SingleFlight<OAuthGrantRow>()
  return {
    renewals,
    firstTokens: new SingleFlight(),
    registrations: new SingleFlight(),
    examinations: new SingleFlight(),
    rounds: new SingleFlight(),
    ending: ending.signal,
    async end() {
      ending.abort()
      await renewals.settled()
    },
  }
}
