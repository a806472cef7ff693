// What it costs to look for tokens to renew, which happens every five seconds.
import type { Bench } from '../bench.ts'
import type { RenewalCosts } from '../children/renewals.ts'
import { prepareDataDir } from '../processes/data-dir.ts'
import { startChild } from '../processes/start-child.ts'
import type { SectionResult } from '../report/figure.ts'

export async function measureRenewals({ plan, upstream }: Bench): Promise<SectionResult[]> {
  const dataDir = await prepareDataDir(0, upstream.ready)
  try {
    const child = await startChild<RenewalCosts>('renewals', [dataDir.path, dataDir.rootKey, String(plan.grants)])
    await child.stop()
    const { idleQueryMs, idleRoundMs, fullRoundMs } = child.ready
    return [
      {
        title: `A look for tokens to renew, of ${plan.grants} grants: CPU per look`,
        figures: [
          { what: 'query, none due', value: idleQueryMs, unit: 'ms', aim: { atMost: 1 } },
          { what: 'round, none due', value: idleRoundMs, unit: 'ms', aim: { atMost: 1 } },
          { what: 'round of 40 that nobody uses', value: fullRoundMs, unit: 'ms' },
        ],
        raw: child.ready,
      },
    ]
  } finally {
    await dataDir.remove()
  }
}
