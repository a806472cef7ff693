// What Prometheus is told of this process. Nothing is counted for it: each number is read, when it is asked for, from where it
// is counted anyway. No name of a tenant, a connection or a tool is a label, so what there is to tell does not grow.
import { collectDefaultMetrics, Counter, Gauge, type Metric, Registry } from 'prom-client'
import type { House } from '../context/context.ts'
import { SECOND_MS } from '../lib/units.ts'
import { LATENCY_BOUNDS_MS } from '../usage/latency-histogram.ts'

export function createMetricsRegistry({ usage, audit, pool, streams }: Pick<House, 'usage' | 'audit' | 'pool' | 'streams'>): Registry {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })

  const counter = (name: string, help: string, label: string, read: () => Readonly<Record<string, number>>) =>
    new Counter({
      name,
      help,
      labelNames: [label],
      registers,
      collect() {
        this.reset()
        for (const [value, count] of Object.entries(read())) this.inc({ [label]: value }, count)
      },
    })
  const gauge = (name: string, help: string, read: () => number) =>
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(read())
      },
    })

  counter('plugboard_calls_total', 'Calls of all doors that are over.', 'outcome', () => {
    const { calls, errors } = usage.totals
    return { ok: calls - errors, error: errors }
  })
  registry.registerMetric(durations(usage))
  counter('plugboard_audit_notes_total', 'What was noted for the audit log, repetitions included.', 'result', () => audit.noted)
  gauge('plugboard_audit_waiting', 'Notes that are not written yet.', () => audit.waiting)
  gauge('plugboard_upstream_sessions', 'Open sessions with MCP servers that callers share.', () => pool.size)
  gauge('plugboard_calls_in_flight', 'Calls that wait for their answer.', () => pool.calls.total)
  gauge('plugboard_streams_held_open', 'Streams and long polls that callers hold open.', () => streams.total)
  return registry
}

/** The library's own histogram counts by itself; this one reads what was counted. Buckets are cumulative in the text format. */
function durations(usage: House['usage']): Metric {
  const name = 'plugboard_call_duration_seconds'
  const help = 'How long calls took.'
  const type = 'histogram'
  async function get() {
    const { latency, totalDurationMs, calls } = usage.totals
    let below = 0
    const buckets = LATENCY_BOUNDS_MS.map((boundMs, place) => {
      below += latency[place] ?? 0
      return { labels: { le: boundMs / SECOND_MS }, value: below, metricName: `${name}_bucket` }
    })
    const values = [
      ...buckets,
      { labels: { le: '+Inf' }, value: calls, metricName: `${name}_bucket` },
      { labels: {}, value: totalDurationMs / SECOND_MS, metricName: `${name}_sum` },
      { labels: {}, value: calls, metricName: `${name}_count` },
    ]
    return { name, help, type, values }
  }
  return { name, help, type, get } as unknown as Metric
}
