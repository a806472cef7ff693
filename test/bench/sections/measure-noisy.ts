// What a quiet tenant notices of a noisy one at the same process and the same upstream, with the limits that are there by default.
import { setTimeout as settle } from 'node:timers/promises'
import type { Bench, SegmentInput } from '../bench.ts'
import type { Flood, FloodResult } from '../children/flood.ts'
import { connectionName } from '../children/request-template.ts'
import { alternate, type Round } from '../measure/alternate.ts'
import { median } from '../measure/median.ts'
import { prepareDataDir, type PreparedDataDir } from '../processes/data-dir.ts'
import { startChild } from '../processes/start-child.ts'
import { startServer } from '../processes/start-server.ts'
import { absoluteFigure, ratioFigure } from '../report/compare-figure.ts'
import type { Figure, SectionResult } from '../report/figure.ts'
import { gatewayRequest } from '../requests.ts'

/** Each is a tenant: what one of them has used up is not missing to another. */
const HABITS = {
  'calls at their rate limit': { namespace: 'busy', tool: 'echo', concurrency: 16, pauseMs: 15 },
  'calls far beyond it': { namespace: 'greedy', tool: 'echo', concurrency: 16, pauseMs: 0, untilRefused: true },
  'calls that hang': { namespace: 'stuck', tool: 'hang', concurrency: 1000, pauseMs: 0 },
}
type Neighbour = keyof typeof HABITS
const NEIGHBOURS = Object.keys(HABITS) as Neighbour[]
const CONTENDERS = ['alone', ...NEIGHBOURS] as const
type Contender = (typeof CONTENDERS)[number]

/** Of each, as many as carry a thousand calls at one time. */
const CONNECTIONS = 4
/** Some 600 calls a second at most: below every limit, and with time between them. */
const QUIET = { concurrency: 4, pauseMs: 5 }
/** For sockets and sessions to open; and afterwards for what was left in the middle to be taken back. */
const SETTLE_MS = 400

export async function measureNoisy({ plan, upstream, runLoad }: Bench): Promise<SectionResult[]> {
  const dataDir = await prepareDataDir(1, upstream.ready)
  const neighbours = new Map<Contender, Omit<Flood, 'port'>>()
  for (const name of NEIGHBOURS) neighbours.set(name, await addNeighbour(dataDir, HABITS[name], upstream.ready))
  const server = await startServer(dataDir.path, dataDir.rootKey, {})
  const flood = await startChild('flood')
  const template = gatewayRequest(dataDir.rootKey, connectionName(0))
  const quiet: SegmentInput = { port: server.port, targetPid: server.pid, template, measureMs: 2 * plan.measureMs, ...QUIET }
  const floods = new Map<Contender, FloodResult[]>(NEIGHBOURS.map((name) => [name, []]))
  async function measure(name: Contender) {
    const neighbour = neighbours.get(name)
    if (!neighbour) return runLoad(quiet)
    await flood.ask({ start: { ...neighbour, port: server.port } })
    await settle(SETTLE_MS)
    const result = await runLoad(quiet)
    floods.get(name)!.push(await flood.ask<FloodResult>({ stop: true }))
    await settle(SETTLE_MS)
    return result
  }
  try {
    for (const name of CONTENDERS) await measure(name)
    const rounds = await alternate(CONTENDERS, measure, { cleanRounds: plan.cleanRounds, withinMs: 2 * plan.alternationMs })
    const figures = [...figuresOf(rounds), ...NEIGHBOURS.flatMap((name) => figuresOfFlood(name, floods.get(name)!))]
    return [{ title: 'A quiet tenant beside a noisy one, at one upstream', figures, raw: { rounds, floods: Object.fromEntries(floods) } }]
  } finally {
    for (const each of [flood, server]) await each.stop()
    await dataDir.remove()
  }
}

type Habit = Pick<Flood, 'concurrency' | 'pauseMs' | 'untilRefused'> & { namespace: string; tool: string }

async function addNeighbour({ path, rootKey }: PreparedDataDir, { namespace, tool, ...habit }: Habit, upstreamPort: number): Promise<Omit<Flood, 'port'>> {
  const { ready: key, stop } = await startChild<string>('add-tenant', [path, rootKey, namespace, String(CONNECTIONS), String(upstreamPort)])
  await stop()
  return { ...habit, connections: CONNECTIONS, template: gatewayRequest(key, undefined, { namespace, tool }) }
}

function figuresOf(rounds: Round<Contender>[]): Figure[] {
  return [
    ...NEIGHBOURS.flatMap((name) => [
      ratioFigure(rounds, [name, 'alone'], (result) => result.p50Us, { what: `p50 beside ${name} ÷ alone`, aim: { atMost: 1.5 } }),
      ratioFigure(rounds, [name, 'alone'], (result) => result.p99Us, { what: `p99 beside ${name} ÷ alone`, aim: { atMost: 2 } }),
      ratioFigure(rounds, [name, 'alone'], (result) => result.callsPerSecond, { what: `calls/s beside ${name} ÷ alone`, aim: { atLeast: 0.9 } }),
    ]),
    absoluteFigure(rounds, 'alone', (result) => result.callsPerSecond, { what: 'alone: calls/s' }),
    absoluteFigure(rounds, 'alone', (result) => result.p50Us, { what: 'alone: p50', unit: 'µs' }),
    absoluteFigure(rounds, 'alone', (result) => result.p99Us, { what: 'alone: p99', unit: 'µs' }),
  ]
}

const figuresOfFlood = (name: Neighbour, results: readonly FloodResult[]): Figure[] => [
  { what: `${name}: answered/s`, value: median(results.map(({ answeredPerSecond }) => answeredPerSecond)) },
  { what: `${name}: refused/s`, value: median(results.map(({ refusedPerSecond }) => refusedPerSecond)) },
]
