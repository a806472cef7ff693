import { listOrganizations } from '../../db/queries/organizations.ts'
import type { House } from '../context/context.ts'

/** @throws database.* when it does not answer */
export async function checkDatabase(house: House): Promise<void> {
  await listOrganizations(house.db)
}
