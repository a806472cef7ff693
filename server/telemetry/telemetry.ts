// Traces, as the rest of the house sees them: without the library, which is loaded only where somebody collects them.
import type { Logger } from '../lib/logger.ts'
import type { SpanFacts } from './span-facts.ts'

/** W3C Trace Context, as it travels: in headers, or in `_meta` of an MCP message (SEP-414). */
export interface TraceContext {
  traceparent: string
  tracestate?: string
}

/** A call to an upstream. */
export interface CallSpan {
  /** What the upstream goes on from. */
  readonly trace: TraceContext
  /** `errorType` if it failed. What comes after the first time is not heard. */
  end(errorType?: string): void
}

/** A request at a door. It is traced once a door has said which of its routes it is for. */
export interface RequestSpan {
  /** Undefined as long as nobody needed it. */
  readonly traceId: string | undefined
  tell(facts: SpanFacts): void
  /** The message says itself what it goes on from, which counts for more than headers of HTTP. */
  continueFrom(trace: Partial<TraceContext>): void
  startCall(facts: SpanFacts): CallSpan
  /** The response is over, and with it every call that still runs. `status` if one was sent. */
  end(status: number | undefined): void
}

/** A request as far as a trace needs it. */
export interface TraceableRequest {
  readonly method?: string | undefined
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
}

export interface Telemetry {
  /** Everything that `answer` sets off finds the request's span with `current`. */
  serve(request: TraceableRequest, answer: (span: RequestSpan) => void): void
  /** Undefined beside all requests. */
  current(): RequestSpan | undefined
  /** The same log, with the trace that a line belongs to. */
  withTraceIds(log: Logger): Logger
  /** Sends what is over. Never rejects. */
  flush(): Promise<void>
  /** Sends what is over, and nothing afterwards. Never rejects. */
  close(): Promise<void>
}
