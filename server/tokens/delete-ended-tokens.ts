import { deleteBudgetsEndedBefore } from '../../db/queries/call-budgets.ts'
import { deleteServiceTokensEndedBefore } from '../../db/queries/service-tokens.ts'
import { deleteTokenRevocationsEndedBefore } from '../../db/queries/token-revocations.ts'
import type { House } from '../context/context.ts'
import { DAY_MS, HOUR_MS } from '../lib/units.ts'

/** A list still shows for a while what is over. A revocation outlives its token by an hour: no clock is that wrong. */
export async function deleteEndedTokens({ db }: House): Promise<void> {
  await deleteServiceTokensEndedBefore(db, db.now() - DAY_MS)
  await deleteTokenRevocationsEndedBefore(db, db.now() - HOUR_MS)
  await deleteBudgetsEndedBefore(db, db.now())
}
