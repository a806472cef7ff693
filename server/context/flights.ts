// Work that several callers may want at the same moment and that must happen once.
import type { ClientRegistrationRow } from '../../db/schema/client-registration.ts'
import type { OAuthGrantRow } from '../../db/schema/oauth-grant.ts'
import { SingleFlight } from '../lib/single-flight.ts'

export interface Flights {
  /** By connection. */
  renewals: SingleFlight<OAuthGrantRow>
  /** By organization and issuer. */
  registrations: SingleFlight<ClientRegistrationRow>
  /** Of work that is done now and then, by its name: a slow round is not joined by a second. */
  rounds: SingleFlight<void>
}

export const createFlights = (): Flights => ({ renewals: new SingleFlight(), registrations: new SingleFlight(), rounds: new SingleFlight() })
