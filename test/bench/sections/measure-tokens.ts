// What a service token costs: to verify it for the first time, and per call through the gateway, beside an API key.
import type { Bench, SegmentInput } from '../bench.ts'
import { connectionName } from '../children/request-template.ts'
import type { SegmentResult } from '../children/segment.ts'
import { alternate } from '../measure/alternate.ts'
import { prepareDataDir } from '../processes/data-dir.ts'
import { startChild } from '../processes/start-child.ts'
import { startServer, type BenchServer } from '../processes/start-server.ts'
import { absoluteFigure, ratioFigure } from '../report/compare-figure.ts'
import type { SectionResult } from '../report/figure.ts'
import { gatewayRequest } from '../requests.ts'
import type { TokenCosts } from '../seed/token-shapes.ts'

const CONTENDERS = ['API key', 'service token', 'limited token'] as const
const POLICIES = { 'service token': {}, 'limited token': { policy: [{ namespaces: 'demo', metadata: { userId: 'user-0' }, operations: 'execute' }] } }

const cpu = (result: SegmentResult) => result.cpuUsPerCall

export async function measureTokens(bench: Bench): Promise<SectionResult[]> {
  const dataDir = await prepareDataDir(1, bench.upstream.ready)
  try {
    return [await measureVerification(dataDir.path, dataDir.rootKey), await measureCalls(bench, dataDir.path, dataDir.rootKey)]
  } finally {
    await dataDir.remove()
  }
}

async function measureVerification(path: string, rootKey: string): Promise<SectionResult> {
  const child = await startChild<TokenCosts[]>('token-verification', [path, rootKey])
  await child.stop()
  const figures = child.ready.flatMap(({ name, missUs, hitUs }) => [
    { what: `first time: ${name}`, value: missUs, unit: 'µs', aim: { atMost: 60 } },
    { what: `again: ${name}`, value: hitUs, unit: 'µs' },
  ])
  return { title: 'From a service token to an actor: CPU', figures, raw: child.ready }
}

async function measureCalls({ plan, runLoad }: Bench, path: string, rootKey: string): Promise<SectionResult> {
  const server = await startServer(path, rootKey)
  try {
    const segments = await contendersOf(server)
    for (const name of CONTENDERS) await runLoad({ ...segments[name], warmMs: 0, measureMs: plan.prewarmMs })
    const rounds = await alternate(CONTENDERS, (name) => runLoad(segments[name]), { cleanRounds: plan.cleanRounds, withinMs: plan.alternationMs })
    return {
      title: 'One call through the gateway, by credential',
      figures: [
        ratioFigure(rounds, ['service token', 'API key'], cpu, { what: 'CPU per call: service token ÷ API key', aim: { atMost: 1.1 } }),
        ratioFigure(rounds, ['limited token', 'API key'], cpu, { what: 'CPU per call: token limited by metadata ÷ API key' }),
        ...CONTENDERS.map((name) => absoluteFigure(rounds, name, cpu, { what: `${name}: CPU per call`, unit: 'µs' })),
      ],
      raw: rounds,
    }
  } finally {
    await server.stop()
  }
}

async function contendersOf(server: BenchServer): Promise<Record<(typeof CONTENDERS)[number], SegmentInput>> {
  const as = (credential: string): SegmentInput => ({ port: server.port, targetPid: server.pid, template: gatewayRequest(credential, connectionName(0)) })
  const mint = async (body: object) => as(await mintToken(server, body))
  return {
    'API key': as(server.rootKey),
    'service token': await mint(POLICIES['service token']),
    'limited token': await mint(POLICIES['limited token']),
  }
}

async function mintToken({ port, rootKey }: BenchServer, body: object): Promise<string> {
  const response = await fetch(`http://127.0.0.1:${port}/tokens`, {
    method: 'POST',
    headers: { authorization: `Bearer ${rootKey}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  return ((await response.json()) as { token: string }).token
}
