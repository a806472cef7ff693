import type { ConnectionView } from './connection-types.ts'

/** How a connection signs in by itself, in the middle of a sentence. */
export const MACHINE_GRANTS: Readonly<Record<NonNullable<ConnectionView['machineGrant']>, string>> = {
  client_credentials: 'client credentials',
  jwt_bearer: 'an assertion of whom it acts for',
}
