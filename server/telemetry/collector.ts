// Where spans go: OTLP over HTTP (OpenTelemetry Protocol Specification §OTLP/HTTP), by the same guarded way out as everything else.
// What cannot be delivered is dropped: a trace is not worth a queue on disk, and nobody waits for it.
import { type ExportResult, ExportResultCode } from '@opentelemetry/core'
import { JsonTraceSerializer, ProtobufTraceSerializer } from '@opentelemetry/otlp-transformer'
import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace'
import type { TelemetryConfig } from '../config/config.ts'
import { parseHeaderList } from '../config/header-list.ts'
import type { Egress } from '../egress/egress.ts'
import type { Logger } from '../lib/logger.ts'
import { KIB, SECOND_MS } from '../lib/units.ts'

const TIMEOUT_MS = 5 * SECOND_MS
const MAX_ANSWER_BYTES = 64 * KIB

const FORMATS = {
  'http/protobuf': { serializer: ProtobufTraceSerializer, contentType: 'application/x-protobuf' },
  'http/json': { serializer: JsonTraceSerializer, contentType: 'application/json' },
} as const

export class Collector implements SpanExporter {
  readonly #config: TelemetryConfig
  readonly #url: URL
  readonly #egress: Egress
  readonly #log: Logger
  #isFailing = false

  constructor(config: TelemetryConfig, egress: Egress, log: Logger) {
    this.#config = config
    this.#url = new URL(`${config.endpoint.href.replace(/\/$/, '')}/v1/traces`)
    this.#egress = egress
    this.#log = log
  }

  export(spans: ReadableSpan[], done: (result: ExportResult) => void): void {
    const { serializer, contentType } = FORMATS[this.#config.protocol]
    const body = Buffer.from(serializer.serializeRequest(spans) ?? [])
    let answered = 0
    const settle = (code?: string) => {
      this.#tell(code, answered)
      done({ code: code === undefined ? ExportResultCode.SUCCESS : ExportResultCode.FAILED })
    }
    this.#egress.dispatch(
      {
        url: this.#url,
        method: 'POST',
        headers: { ...parseHeaderList(this.#config.headers?.reveal() ?? ''), 'content-type': contentType },
        body,
        trust: 'configured',
        headersTimeoutMs: TIMEOUT_MS,
        bodyIdleTimeoutMs: TIMEOUT_MS,
        maxBytes: MAX_ANSWER_BYTES,
      },
      {
        onHead: (status) => void (answered = status),
        onData: () => {},
        onEnd: () => settle(answered >= 200 && answered < 300 ? undefined : 'telemetry.refused'),
        onError: ({ code }) => settle(code),
      },
    )
  }

  /** Once when it begins, once when it is over; not for each of the batches in between. */
  #tell(code: string | undefined, status: number): void {
    const isFailing = code !== undefined
    if (isFailing === this.#isFailing) return
    this.#isFailing = isFailing
    if (isFailing) this.#log.warn('the collector does not take traces; they are dropped until it does', { code, ...(status > 0 && { status }) })
    else this.#log.info('the collector takes traces again')
  }

  shutdown(): Promise<void> {
    return this.#egress.close()
  }
}
