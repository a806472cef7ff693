// What many warm connections cost: in calls per second and CPU beside a server that has one, and in memory.
import { setTimeout as settle } from 'node:timers/promises'
import type { Bench, SegmentInput } from '../bench.ts'
import type { SegmentResult } from '../children/segment.ts'
import { alternate, type Round } from '../measure/alternate.ts'
import { proportionalKilobytes } from '../measure/process-stats.ts'
import { prepareDataDir } from '../processes/data-dir.ts'
import { startServer, type BenchServer } from '../processes/start-server.ts'
import { absoluteFigure, ratioFigure } from '../report/compare-figure.ts'
import type { SectionResult } from '../report/figure.ts'
import { gatewayRequest } from '../requests.ts'

const CONTENDERS = ['many', 'one'] as const

const WARM_UP_LIMIT_MS = 120_000

type Contender = (typeof CONTENDERS)[number]

export async function measureManyConnections(bench: Bench): Promise<SectionResult[]> {
  const [small, large] = [await prepareDataDir(1, bench.upstream.ready), await prepareDataDir(bench.plan.manyConnections, bench.upstream.ready)]
  const oneServer = await startServer(small.path, small.rootKey)
  const manyServer = await startServer(large.path, large.rootKey)
  try {
    const memory = await measureMemory(bench, manyServer)
    // As many calls as its neighbour has had by now: code gets faster with use.
    await warmUp(bench, gatewayOf(oneServer, 1), memory.calls)
    return [await measureSpeed(bench, oneServer, manyServer), memory.section]
  } finally {
    for (const server of [oneServer, manyServer]) await server.stop()
    for (const dataDir of [small, large]) await dataDir.remove()
  }
}

const gatewayOf = ({ port, pid, rootKey }: BenchServer, connections: number): SegmentInput => ({
  port,
  targetPid: pid,
  template: gatewayRequest(rootKey),
  connections,
})

async function measureSpeed({ plan, runLoad }: Bench, oneServer: BenchServer, manyServer: BenchServer): Promise<SectionResult> {
  const contenders: Record<Contender, SegmentInput> = {
    many: gatewayOf(manyServer, plan.manyConnections),
    one: gatewayOf(oneServer, 1),
  }
  const measure = (name: Contender) => runLoad({ ...contenders[name], warmMs: plan.flushMs, measureMs: plan.flushMs })
  const rounds: Round<Contender>[] = await alternate(CONTENDERS, measure, { cleanRounds: plan.cleanRounds, withinMs: 2 * plan.alternationMs })
  const rate = (result: SegmentResult) => result.callsPerSecond
  const cpu = (result: SegmentResult) => result.cpuUsPerCall
  return {
    title: `${plan.manyConnections} warm connections round robin, beside a server that has one`,
    figures: [
      ratioFigure(rounds, ['many', 'one'], rate, { what: 'calls/s: many ÷ one', aim: { atLeast: 0.5 } }),
      ratioFigure(rounds, ['many', 'one'], cpu, { what: 'CPU per call: many ÷ one' }),
      ...CONTENDERS.map((name) => absoluteFigure(rounds, name, cpu, { what: `${name}: CPU per call`, unit: 'µs' })),
    ],
    raw: rounds,
  }
}

/** As many calls, however long they take; nothing here is timed. */
const warmUp = ({ runLoad }: Bench, target: SegmentInput, calls: number) =>
  runLoad({ ...target, warmMs: 0, measureMs: WARM_UP_LIMIT_MS, maxCalls: calls })

async function measureMemory(bench: Bench, server: BenchServer): Promise<{ section: SectionResult; calls: number }> {
  const { fewConnections, manyConnections, settleMs, prewarmMs } = bench.plan
  let calls = 0
  const measure = async (connections: number) => {
    const target = gatewayOf(server, connections)
    // One call each opens every session.
    const opened = await warmUp(bench, target, connections)
    // The heap takes its working size under traffic, not under connections: both readings come after the same.
    const traffic = await bench.runLoad({ ...target, measureMs: 2 * prewarmMs })
    calls += opened.calls + traffic.calls
    await settle(settleMs)
    return proportionalKilobytes(server.pid)
  }
  const few = await measure(fewConnections)
  const many = await measure(manyConnections)
  const section = {
    title: 'Memory (PSS) with warm connections',
    figures: [
      { what: `with ${fewConnections} connections`, value: few / 1024, unit: 'MB' },
      { what: `with ${manyConnections} connections`, value: many / 1024, unit: 'MB', aim: { atMost: 200 } },
      { what: 'for each connection more', value: (many - few) / (manyConnections - fewConnections), unit: 'KB', aim: { atMost: 12 } },
    ],
    raw: { few, many },
  }
  return { section, calls }
}
