// Lists connections by their metadata in a large namespace: <directory> <root key> <connections>. The use case
// as every door calls it, and the query alone.
import { listConnections as queryConnections } from '../../../db/queries/list-connections.ts'
import { metadataPairs } from '../../../server/policy/metadata-text.ts'
import { listConnections } from '../../../server/connections/list-connections.ts'
import { contextFor } from '../../../server/context/context.ts'
import { resolveActor } from '../../../server/identity/resolve-actor.ts'
import { cpuMsOf, repeat } from '../measure/cpu-of-runs.ts'
import { insertConnections, type SeedConnection } from '../seed/insert-connections.ts'
import { openHouse } from '../seed/open-house.ts'
import { FILTERS, type FilterCosts } from '../seed/metadata-filters.ts'

const WARM_RUNS = 50
const RUNS = 200
/** What has no aim may take long, and is there for orientation. */
const FEW_RUNS = 10

const [dataDir = '', rootKey = '', count] = process.argv.slice(2)
const { house, setUp, close } = await openHouse(dataDir, rootKey)
const seeds = Array.from({ length: Number(count) }, (_, index): SeedConnection => ({
  connectionId: `user-${index}`,
  sealed: false,
  mcpUrl: 'https://mcp.example.com/mcp',
  protocol: { era: 'stateless' },
  metadata: { userId: `user-${index}`, plan: index % 2 === 0 ? 'free' : 'pro', region: index % 4 < 2 ? 'eu' : 'us', parity: index % 2 === 0 ? 'even' : 'odd' },
}))
const { namespace } = setUp
await insertConnections(house, namespace, seeds)
const actor = await resolveActor(house, { authorization: `Bearer ${rootKey}`, origin: undefined })
const context = contextFor(house, actor, 'req_bench')

const timed = FILTERS.map(({ name, aimed, metadata, limit, expected }) => ({
  name,
  aimed,
  expected,
  query: () => queryConnections(house.db, { namespace, metadata: metadataPairs(metadata), limit }),
  useCase: () => listConnections(context, { namespace, metadata, limit }),
}))
// All of them first: whoever came first would pay for compiling what they share.
for (const { name, aimed, expected, query, useCase } of timed) {
  const { length } = (await useCase()).connections
  if (length !== expected) throw new Error(`${name}: found ${length} instead of ${expected}`)
  await repeat(aimed ? WARM_RUNS : FEW_RUNS, query)
  await repeat(aimed ? WARM_RUNS : FEW_RUNS, useCase)
}
const costs: FilterCosts[] = []
for (const { name, aimed, query, useCase } of timed) {
  const runs = aimed ? RUNS : FEW_RUNS
  costs.push({ name, aimed, queryMs: await cpuMsOf(runs, query), useCaseMs: await cpuMsOf(runs, useCase) })
}
await close()
process.send!({ result: costs })
