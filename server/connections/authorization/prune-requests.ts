import { deleteExpiredRequests } from '../../../db/queries/authorization-requests.ts'
import type { House } from '../../context/context.ts'

/** Their answers would be refused anyway. */
export async function pruneAuthorizationRequests(house: House): Promise<void> {
  await deleteExpiredRequests(house.db, house.now())
}
