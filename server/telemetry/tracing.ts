// OpenTelemetry behind our own words. The library keeps nothing global here: its provider is ours alone, and which request is being
// answered is known by Node's own storage for that.
import { AsyncLocalStorage } from 'node:async_hooks'
import type { Tracer } from '@opentelemetry/api'
import { resourceFromAttributes } from '@opentelemetry/resources'
import { BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace'
import type { TelemetryConfig } from '../config/config.ts'
import type { Egress } from '../egress/egress.ts'
import type { Logger } from '../lib/logger.ts'
import { PRODUCT } from '../lib/product.ts'
import { Collector } from './collector.ts'
import { samplerOf } from './sampler-of.ts'
import type { RequestSpan, Telemetry, TraceableRequest } from './telemetry.ts'
import { TracedRequest } from './traced-request.ts'

export class Tracing implements Telemetry {
  readonly #provider: TracerProvider
  readonly #tracer: Tracer
  readonly #requests = new AsyncLocalStorage<RequestSpan>()

  constructor(config: TelemetryConfig, egress: Egress, log: Logger) {
    this.#provider = new TracerProvider({
      resource: resourceFromAttributes({ 'service.name': config.serviceName, 'service.version': PRODUCT.version }),
      sampler: samplerOf(config),
      // Its queue is bounded (2,048 spans): what strangers set off faster than the collector takes it is dropped.
      spanProcessors: [new BatchSpanProcessor({ exporter: new Collector(config, egress, log) })],
    })
    this.#tracer = this.#provider.getTracer(PRODUCT.name, PRODUCT.version)
  }

  serve(request: TraceableRequest, answer: (span: RequestSpan) => void): void {
    const span = new TracedRequest(this.#tracer, request)
    this.#requests.run(span, answer, span)
  }

  current(): RequestSpan | undefined {
    return this.#requests.getStore()
  }

  withTraceIds(log: Logger): Logger {
    const line = (level: keyof Logger): Logger[keyof Logger] => (message, fields) => {
      const traceId = this.current()?.traceId
      log[level](message, traceId === undefined ? fields : { ...fields, traceId })
    }
    return { debug: line('debug'), info: line('info'), warn: line('warn'), error: line('error') }
  }

  /** What cannot be delivered was told by the collector. */
  flush(): Promise<void> {
    return this.#provider.forceFlush().catch(() => {})
  }

  close(): Promise<void> {
    return this.#provider.shutdown().catch(() => {})
  }
}
