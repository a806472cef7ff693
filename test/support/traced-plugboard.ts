// Plugboard with a collector of traces, one connection, and callers that are traced themselves.
import { randomBytes } from 'node:crypto'
import type { Logger } from '../../server/lib/logger.ts'
import { type FixtureUpstream, type RecordedRequest, startFixtureUpstream } from './fixture-upstream.ts'
import { type JsonAnswer, type RunningPlugboard, startPlugboard } from './start-plugboard.ts'
import { type ExportedSpan, startTraceCollector, type TraceCollector } from './trace-collector.ts'

export interface TracedCaller {
  traceId: string
  spanId: string
  traceparent: string
}

export function tracedCaller(flags = '01'): TracedCaller {
  const [traceId, spanId] = [randomBytes(16).toString('hex'), randomBytes(8).toString('hex')]
  return { traceId, spanId, traceparent: `00-${traceId}-${spanId}-${flags}` }
}

export interface TracedPlugboard {
  plugboard: RunningPlugboard
  collector: TraceCollector
  /** Behind the connection `it` of the namespace `shop`. */
  upstream: FixtureUpstream
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<JsonAnswer<Record<string, unknown>>>
  /** Exported so far: all of them once Plugboard is stopped. */
  spansOf(traceId: string): ExportedSpan[]
  spanOf(traceId: string, kind: ExportedSpan['kind']): ExportedSpan | undefined
  stop(): Promise<void>
}

export interface TracedOptions {
  environment?: Record<string, string>
  log?: Logger
  /** Of the connection, beside its address. */
  query?: string
  headers?: Record<string, string>
}

export async function startTracedPlugboard({ environment = {}, log, query = '', headers }: TracedOptions = {}): Promise<TracedPlugboard> {
  const [collector, upstream] = await Promise.all([startTraceCollector(), startFixtureUpstream()])
  const plugboard = await startPlugboard({
    environment: { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json', ...environment },
    ...(log && { log }),
  })
  await plugboard.send('PUT', '/namespaces/shop')
  await plugboard.send('PUT', '/shop/it', { mcpUrl: `${upstream.url.href}${query}`, ...(headers && { headers }) })
  const spansOf = (traceId: string) => collector.spans().filter((span) => span.traceId === traceId)
  return {
    plugboard,
    collector,
    upstream,
    post: (path, body, more = {}) => plugboard.send('POST', path, body, { accept: 'application/json, text/event-stream', ...more }),
    spansOf,
    spanOf: (traceId, kind) => spansOf(traceId).find((span) => span.kind === kind),
    async stop() {
      await plugboard.stop()
      await Promise.all([collector.stop(), upstream.stop()])
    },
  }
}

export const echoCall = (meta?: Record<string, unknown>, name = 'echo') => ({
  jsonrpc: '2.0',
  id: 'mine',
  method: 'tools/call',
  params: { name, arguments: { text: 'hi' }, ...(meta && { _meta: meta }) },
})

export const callsOf = (upstream: FixtureUpstream): RecordedRequest[] => upstream.requests.filter(({ message }) => message?.method === 'tools/call')

export const metaOf = ({ message }: Pick<RecordedRequest, 'message'>): Record<string, unknown> => (message?.params?._meta ?? {}) as Record<string, unknown>
