// W3C Trace Context, read and written by the library. What is not well-formed is as if it were not there (Trace Context §4.3): a new
// trace begins. Baggage is neither read nor written.
import { type Context, defaultTextMapGetter, defaultTextMapSetter, ROOT_CONTEXT, type Span, trace } from '@opentelemetry/api'
import { W3CTraceContextPropagator } from '@opentelemetry/core'
import type { TraceContext } from './telemetry.ts'

const propagator = new W3CTraceContextPropagator()

/** `carrier` is headers, or members of a message's `_meta`. Undefined if there is no trace in it. */
export function readParent(carrier: object): Context | undefined {
  const parent = propagator.extract(ROOT_CONTEXT, carrier, defaultTextMapGetter)
  return parent === ROOT_CONTEXT ? undefined : parent
}

export function writeTrace(span: Span): TraceContext {
  const carrier: Record<string, string> = {}
  propagator.inject(trace.setSpan(ROOT_CONTEXT, span), carrier, defaultTextMapSetter)
  const { traceparent = '', tracestate = '' } = carrier
  return { traceparent, ...(tracestate !== '' && { tracestate }) }
}
