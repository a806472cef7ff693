import type { Database } from '../../db/database.ts'
import { deleteUsageBefore } from '../../db/queries/usage.ts'
import { DAY_MS } from '../lib/units.ts'

export const KEPT_USAGE_MS = 30 * DAY_MS

/** Counters are kept for thirty days. */
export const pruneUsage = (db: Database, nowMs: number): Promise<void> => deleteUsageBefore(db, nowMs - KEPT_USAGE_MS)
