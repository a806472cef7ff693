// What a call costs through each door, beside the upstream itself and a bare reverse proxy, for both eras.
import type { Bench, SegmentInput } from '../bench.ts'
import { connectionName } from '../children/request-template.ts'
import type { SegmentResult } from '../children/segment.ts'
import { alternate, type Round } from '../measure/alternate.ts'
import { prepareDataDir } from '../processes/data-dir.ts'
import { startServer, type BenchServer } from '../processes/start-server.ts'
import { absoluteFigure, ratioFigure } from '../report/compare-figure.ts'
import type { Figure, SectionResult } from '../report/figure.ts'
import { gatewayRequest, restRequest, sessionRequest, statelessRequest, trpcRequest } from '../requests.ts'
import { openSession } from '../sessions.ts'

const CONTENDERS = ['direct', 'bare proxy', 'gateway', 'REST', 'tRPC'] as const
type Contender = (typeof CONTENDERS)[number]
type Contenders = Record<Contender, SegmentInput>

const CREDENTIAL = 'key-of-nobody'

const rate = (result: SegmentResult) => result.callsPerSecond
const cpu = (result: SegmentResult) => result.cpuUsPerCall

export async function measureDoors(bench: Bench): Promise<SectionResult[]> {
  const dataDir = await prepareDataDir(1, bench.upstream.ready)
  const server = await startServer(dataDir.path, dataDir.rootKey)
  try {
    const session = sessionRequest(CREDENTIAL, await openSession(bench.upstream.ready, CREDENTIAL))
    const eras = [
      { title: 'One call through each door, upstream of the session era (2025-11-25)', raw: session, connectionId: connectionName(0) },
      { title: 'One call through each door, stateless upstream (2026-07-28)', raw: statelessRequest(CREDENTIAL), connectionId: 'stateless' },
    ]
    const sections: SectionResult[] = []
    for (const { title, raw, connectionId } of eras) {
      const rounds = await measureEra(bench, contendersOf(bench, server, raw, connectionId))
      sections.push({ title, figures: figuresOf(rounds), raw: rounds })
    }
    return sections
  } finally {
    await server.stop()
    await dataDir.remove()
  }
}

function contendersOf({ upstream, bareProxy }: Bench, { port, pid, rootKey }: BenchServer, raw: string, connectionId: string): Contenders {
  const through = { port, targetPid: pid }
  return {
    direct: { port: upstream.ready, template: raw, targetPid: undefined },
    'bare proxy': { port: bareProxy.ready, template: raw, targetPid: bareProxy.pid },
    gateway: { ...through, template: gatewayRequest(rootKey, connectionId) },
    REST: { ...through, template: restRequest(rootKey, connectionId) },
    tRPC: { ...through, template: trpcRequest(rootKey, connectionId) },
  }
}

async function measureEra({ plan, runLoad }: Bench, contenders: Contenders): Promise<Round<Contender>[]> {
  for (const name of CONTENDERS) await runLoad({ ...contenders[name], warmMs: 0, measureMs: plan.prewarmMs })
  return alternate(CONTENDERS, (name) => runLoad(contenders[name]), { cleanRounds: plan.cleanRounds, withinMs: plan.alternationMs })
}

function figuresOf(rounds: Round<Contender>[]): Figure[] {
  return [
    ratioFigure(rounds, ['gateway', 'bare proxy'], cpu, { what: 'CPU per call: gateway ÷ bare proxy', aim: { atMost: 1 } }),
    ratioFigure(rounds, ['REST', 'gateway'], cpu, { what: 'CPU per call: REST ÷ gateway', aim: { atMost: 2 } }),
    ratioFigure(rounds, ['tRPC', 'gateway'], cpu, { what: 'CPU per call: tRPC ÷ gateway', aim: { atMost: 2.5 } }),
    ratioFigure(rounds, ['gateway', 'bare proxy'], rate, { what: 'calls/s: gateway ÷ bare proxy', aim: { atLeast: 1 } }),
    ratioFigure(rounds, ['gateway', 'direct'], rate, { what: 'calls/s: gateway ÷ direct' }),
    ratioFigure(rounds, ['gateway', 'bare proxy'], (result) => result.p50Us, { what: 'p50: gateway ÷ bare proxy' }),
    ratioFigure(rounds, ['gateway', 'bare proxy'], (result) => result.p99Us, { what: 'p99: gateway ÷ bare proxy', aim: { atMost: 1.5 } }),
    ...CONTENDERS.flatMap((name) => [
      absoluteFigure(rounds, name, rate, { what: `${name}: calls/s` }),
      ...(name === 'direct' ? [] : [absoluteFigure(rounds, name, cpu, { what: `${name}: CPU per call`, unit: 'µs' })]),
    ]),
  ]
}
