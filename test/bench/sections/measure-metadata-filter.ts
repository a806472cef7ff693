// What a list by metadata costs in a namespace of 100,000 connections.
import type { Bench } from '../bench.ts'
import { prepareDataDir } from '../processes/data-dir.ts'
import { startChild } from '../processes/start-child.ts'
import type { SectionResult } from '../report/figure.ts'
import type { FilterCosts } from '../seed/metadata-filters.ts'

export async function measureMetadataFilter({ plan, upstream }: Bench): Promise<SectionResult[]> {
  const dataDir = await prepareDataDir(0, upstream.ready)
  try {
    const child = await startChild<FilterCosts[]>('metadata-filter', [dataDir.path, dataDir.rootKey, String(plan.filteredConnections)])
    await child.stop()
    const costs = child.ready
    return [
      {
        title: `A list by metadata, of ${plan.filteredConnections} connections: CPU per list`,
        figures: [
          ...costs.map(({ name, queryMs, aimed }) => ({ what: `query: ${name}`, value: queryMs, unit: 'ms', ...(aimed && { aim: { atMost: 1 } }) })),
          ...costs.map(({ name, useCaseMs }) => ({ what: `use case: ${name}`, value: useCaseMs, unit: 'ms' })),
        ],
        raw: costs,
      },
    ]
  } finally {
    await dataDir.remove()
  }
}
