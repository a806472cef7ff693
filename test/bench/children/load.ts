// The load generator: a closed loop over kept connections, in a process of its own. Each answer must carry
// the nonce of its request; a wrong one ends the benchmark, because a fast wrong answer is not a result.
import { setTimeout as pause } from 'node:timers/promises'
import { cpuMicros, machineCpu } from '../measure/process-stats.ts'
import { percentile } from '../measure/median.ts'
import { KeepAliveConnection } from './keep-alive-connection.ts'
import { nonceText, RequestTemplate } from './request-template.ts'
import type { Segment, SegmentResult } from './segment.ts'

let lastNonce = 0

interface Reading {
  atMs: number
  targetUs: number
  oursUs: number
  machine: ReturnType<typeof machineCpu>
}

function readCpu({ targetPid, ourPids }: Segment): Reading {
  const targetUs = targetPid === undefined ? 0 : cpuMicros(targetPid)
  const oursUs = ourPids.reduce((sum, pid) => sum + cpuMicros(pid), 0)
  return { atMs: performance.now(), targetUs, oursUs, machine: machineCpu() }
}

async function runSegment(segment: Segment): Promise<SegmentResult> {
  const { port, template, connections, concurrency, warmMs, measureMs, pauseMs = 0, maxCalls = Infinity } = segment
  const sockets = await Promise.all(Array.from({ length: concurrency }, () => KeepAliveConnection.open(port)))
  const latencies: number[] = []
  const measureFrom = performance.now() + warmMs
  const until = measureFrom + measureMs
  let before: Reading | undefined
  let sent = 0

  async function keepCalling(socket: KeepAliveConnection): Promise<void> {
    const request = new RequestTemplate(template)
    while (sent < maxCalls) {
      const startedAt = performance.now()
      if (startedAt >= until) return
      if (startedAt >= measureFrom) before ??= readCpu(segment)
      const nonce = nonceText(++lastNonce)
      const { status, body } = await socket.request(request.fill(nonce, sent++ % connections))
      if (status !== 200 || !body.includes(`echo:${nonce}`)) throw new Error(`A wrong answer (${status}): ${body.toString('utf8', 0, 500)}`)
      if (startedAt >= measureFrom) latencies.push(performance.now() - startedAt)
      if (pauseMs > 0) await pause(pauseMs)
    }
  }

  try {
    await Promise.all(sockets.map(keepCalling))
    return summarise(latencies, before, readCpu(segment))
  } finally {
    for (const socket of sockets) socket.close()
  }
}

function summarise(latencies: number[], before: Reading | undefined, after: Reading): SegmentResult {
  if (!before || latencies.length === 0) throw new Error('No call ended within a segment')
  const sorted = Float64Array.from(latencies).sort()
  const busyUs = after.machine.busyUs - before.machine.busyUs
  const oursUs = after.oursUs - before.oursUs
  const foreignUs = Math.max(0, busyUs - oursUs)
  return {
    calls: sorted.length,
    callsPerSecond: sorted.length / ((after.atMs - before.atMs) / 1000),
    p50Us: percentile(sorted, 0.5) * 1000,
    p99Us: percentile(sorted, 0.99) * 1000,
    cpuUsPerCall: (after.targetUs - before.targetUs) / sorted.length,
    foreignShare: foreignUs / Math.max(1, after.machine.totalUs - before.machine.totalUs),
  }
}

process.on('message', (segment: Segment) => {
  runSegment(segment).then(
    (result) => process.send!({ result }),
    (error: unknown) => process.send!({ error: String(error) }),
  )
})
process.on('disconnect', () => process.exit(0))
process.send!({ result: 'ready' })
