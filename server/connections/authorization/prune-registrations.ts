import { deleteRetiredRegistrations } from '../../../db/queries/client-registrations.ts'
import type { House } from '../../context/context.ts'
import { DAY_MS } from '../../lib/units.ts'

/** Longer than a sign-in that began with one can take, held tokens included. */
const KEPT_MS = DAY_MS

/** Clients that nothing is renewed or given back with any more. */
export async function pruneRegistrations(house: House): Promise<void> {
  await deleteRetiredRegistrations(house.db, { until: house.now() - KEPT_MS })
}
