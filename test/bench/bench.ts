// What every section is given: the upstream, the yardstick and the load generator, which live as long as the benchmark.
import type { Segment, SegmentResult } from './children/segment.ts'
import { startedPids } from './processes/end-with-us.ts'
import { startChild, type StartedChild } from './processes/start-child.ts'
import type { Plan } from './plan.ts'

export interface Bench {
  plan: Plan
  upstream: StartedChild<number>
  bareProxy: StartedChild<number>
  /** @throws if an answer was wrong. */
  runLoad(segment: SegmentInput): Promise<SegmentResult>
  stop(): Promise<void>
}

export type SegmentInput = Pick<Segment, 'port' | 'template' | 'targetPid'> & Partial<Segment>

export async function startBench(plan: Plan): Promise<Bench> {
  const upstream = await startChild<number>('upstream')
  const bareProxy = await startChild<number>('bare-proxy', [String(upstream.ready)])
  const load = await startChild('load')
  const usual = { connections: 1, concurrency: plan.concurrency, warmMs: plan.warmMs, measureMs: plan.measureMs }
  return {
    plan,
    upstream,
    bareProxy,
    runLoad: (segment) => load.ask<SegmentResult>({ ...usual, ...segment, ourPids: startedPids() }),
    async stop() {
      for (const child of [load, bareProxy, upstream]) await child.stop()
    },
  }
}
