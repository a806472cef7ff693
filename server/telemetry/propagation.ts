// W3C Trace Context, read and written by the library. What is not well-formed is as if it were not there (Trace Context §4.3): a new
// trace begins. Baggage is neither read nor written.
import { type Context, defaultTextMapGetter, defaultTextMapSetter, ROOT_CONTEXT, type Span, trace } from '@opentelemetry/api'
import { W3CTraceContextPropagator } from '@opentelemetry/core'
import type { TraceContext } from './telemetry.ts'

const propagator = new W3CTraceContextPropagator()

/** `base` itself if there is no trace in `carrier`, which is headers or a message's `_meta`. */
export const readParent = (base: Context, carrier: object): Context => propagator.extract(base, carrier, defaultTextMapGetter)

export function writeTrace(span: Span): TraceContext {
  const carrier: Record<string, string> = {}
  propagator.inject(trace.setSpan(ROOT_CONTEXT, span), carrier, defaultTextMapSetter)
  const { traceparent = '', tracestate = '' } = carrier
  return { traceparent, ...(tracestate !== '' && { tracestate }) }
}
