import { deleteUnusedDownstreamClients } from '../../db/queries/downstream-clients.ts'
import { deleteDownstreamGrantsEndedBefore } from '../../db/queries/downstream-grants.ts'
import type { House } from '../context/context.ts'
import { DAY_MS } from '../lib/units.ts'

/** Codes that nobody used, grants that nobody used for a month, and clients that nobody let in within a day. */
export async function pruneDownstream({ db }: House): Promise<void> {
  await deleteDownstreamGrantsEndedBefore(db, db.now())
  await deleteUnusedDownstreamClients(db, { createdBefore: db.now() - DAY_MS })
}
