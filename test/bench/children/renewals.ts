// Looks for tokens to renew among many grants: <directory> <root key> <grants>. Nothing is asked of any server: nobody uses
// these connections, so a round puts those that are due off until they have to be kept alive.
import { listDueGrants } from '../../../db/queries/oauth-grants.ts'
import { renewDueGrants } from '../../../server/connections/authorization/renew-due-grants.ts'
import { DAY_MS, HOUR_MS } from '../../../server/lib/units.ts'
import { cpuMsOf, repeat } from '../measure/cpu-of-runs.ts'
import { insertConnections, type SeedConnection } from '../seed/insert-connections.ts'
import { insertGrants } from '../seed/insert-grants.ts'
import { openHouse } from '../seed/open-house.ts'

const WARM_RUNS = 50
const RUNS = 200
/** What one round takes at most; so many are due in each of the rounds that are measured. */
const PER_ROUND = 40

export interface RenewalCosts {
  idleQueryMs: number
  idleRoundMs: number
  fullRoundMs: number
}

const [dataDir = '', rootKey = '', count] = process.argv.slice(2)
const { house, setUp, close } = await openHouse(dataDir, rootKey)
const { namespace } = setUp
const seeds = Array.from({ length: Number(count) }, (_, index): SeedConnection => ({
  connectionId: `user-${index}`,
  sealed: false,
  mcpUrl: 'https://mcp.example.com/mcp',
  protocol: { era: 'stateless' },
}))
await insertConnections(house, namespace, seeds)
const startMs = house.now()
const dueMs = startMs + HOUR_MS
const dueCount = (WARM_RUNS + RUNS) * PER_ROUND
await insertGrants(house, namespace, (index) => (index < dueCount ? dueMs : startMs + DAY_MS + index))

const idleQuery = () => listDueGrants(house.db, { at: startMs, limit: PER_ROUND })
const idleRound = () => renewDueGrants(house)
await repeat(WARM_RUNS, idleQuery)
const idleQueryMs = await cpuMsOf(RUNS, idleQuery)
await repeat(WARM_RUNS, idleRound)
const idleRoundMs = await cpuMsOf(RUNS, idleRound)

const later = { ...house, db: { ...house.db, now: () => dueMs } }
const fullRound = () => renewDueGrants(later)
const runs = Math.max(1, Math.floor(Math.min(dueCount, Number(count)) / PER_ROUND) - WARM_RUNS)
await repeat(WARM_RUNS, fullRound)
const fullRoundMs = await cpuMsOf(runs, fullRound)
await close()
process.send!({ result: { idleQueryMs, idleRoundMs, fullRoundMs } satisfies RenewalCosts })
