// A collector of traces as far as OTLP over HTTP in JSON goes, and what it was sent.
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface ExportedSpan {
  traceId: string
  spanId: string
  parentSpanId: string | undefined
  traceState: string | undefined
  name: string
  kind: 'server' | 'client'
  /** The status is ERROR. */
  failed: boolean
  attributes: Record<string, string | number>
  links: { traceId: string; spanId: string }[]
  startNs: bigint
  endNs: bigint
}

export interface TraceCollector {
  url: string
  exports: { path: string; headers: IncomingHttpHeaders; body: Buffer }[]
  /** Of the service, as the last export named it. */
  resource(): Record<string, string | number>
  spans(): ExportedSpan[]
  /** What it answers from now on; 200 at first. */
  answerWith(status: number): void
  stop(): Promise<void>
}

export async function startTraceCollector(): Promise<TraceCollector> {
  const exports: TraceCollector['exports'] = []
  let status = 200
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      exports.push({ path: `${request.method} ${request.url}`, headers: request.headers, body: Buffer.concat(chunks) })
      response.writeHead(status, { 'content-type': 'application/json' }).end('{}')
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const groups = () => exports.flatMap(({ body }) => (JSON.parse(body.toString()) as OtlpExport).resourceSpans)
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    exports,
    resource: () => readAttributes(groups().at(-1)?.resource.attributes ?? []),
    spans: () => groups().flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans.map(readSpan))),
    answerWith: (next) => void (status = next),
    async stop() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      server.closeAllConnections()
      await closed
    },
  }
}

type OtlpAttributes = { key: string; value: { stringValue?: string; intValue?: number } }[]

interface OtlpSpan {
  traceId: string
  spanId: string
  parentSpanId?: string
  traceState?: string
  name: string
  kind: number
  startTimeUnixNano: string
  endTimeUnixNano: string
  attributes: OtlpAttributes
  links: { traceId: string; spanId: string }[]
  status: { code: number }
}

interface OtlpExport {
  resourceSpans: { resource: { attributes: OtlpAttributes }; scopeSpans: { spans: OtlpSpan[] }[] }[]
}

const readAttributes = (attributes: OtlpAttributes) =>
  Object.fromEntries(attributes.map(({ key, value }) => [key, value.stringValue ?? Number(value.intValue)]))

/** OTLP's SPAN_KIND_SERVER. */
const SERVER = 2
/** OTLP's STATUS_CODE_ERROR. */
const ERROR = 2

const readSpan = (span: OtlpSpan): ExportedSpan => ({
  traceId: span.traceId,
  spanId: span.spanId,
  parentSpanId: span.parentSpanId,
  traceState: span.traceState,
  name: span.name,
  kind: span.kind === SERVER ? 'server' : 'client',
  failed: span.status.code === ERROR,
  attributes: readAttributes(span.attributes),
  links: span.links.map(({ traceId, spanId }) => ({ traceId, spanId })),
  startNs: BigInt(span.startTimeUnixNano),
  endNs: BigInt(span.endTimeUnixNano),
})
