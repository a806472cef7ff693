// The span of a request, and those of the calls that it makes. Times are the process's own clock: a trace is put together from many
// machines, and is no place for a clock that tests may move.
import { type Context, ROOT_CONTEXT, type Span, SpanKind, SpanStatusCode, trace, type Tracer } from '@opentelemetry/api'
import { readParent, writeTrace } from './propagation.ts'
import { attributesOf, nameOf, type SpanFacts } from './span-facts.ts'
import type { CallSpan, RequestSpan, TraceableRequest, TraceContext } from './telemetry.ts'

/** Its response broke off: nobody heard how the call ended. */
const CALLER_LEFT = 'call.cancelled'

export class TracedRequest implements RequestSpan {
  readonly #tracer: Tracer
  readonly #startedAtMs = performance.now()
  readonly #facts: SpanFacts
  readonly #open = new Set<TracedCall>()
  /** What it goes on from. */
  #parent: Context | undefined
  /** Of HTTP, where the message went on from somewhere else. */
  #transport: Context | undefined
  #span: Span | undefined
  #isOver = false

  constructor(tracer: Tracer, { method, headers }: TraceableRequest) {
    this.#tracer = tracer
    this.#facts = method === undefined ? {} : { httpMethod: method }
    this.#parent = readParent(headers)
  }

  get traceId(): string | undefined {
    return this.#span?.spanContext().traceId
  }

  tell(facts: SpanFacts): void {
    Object.assign(this.#facts, facts)
  }

  continueFrom(message: Partial<TraceContext>): void {
    const parent = readParent(message)
    if (this.#span || !parent) return
    this.#transport = this.#parent
    this.#parent = parent
  }

  startCall(facts: SpanFacts): CallSpan {
    const context = trace.setSpan(ROOT_CONTEXT, this.#begin())
    const span = this.#tracer.startSpan(nameOf(facts), { kind: SpanKind.CLIENT, attributes: attributesOf(facts) }, context)
    const call: TracedCall = new TracedCall(span, () => this.#open.delete(call))
    this.#open.add(call)
    return call
  }

  end(status: number | undefined): void {
    if (this.#isOver) return
    this.#isOver = true
    for (const call of this.#open) call.end(CALLER_LEFT)
    // Pages and files are nobody's calls.
    if (!this.#span && this.#facts.route === undefined) return
    const facts = { ...this.#facts, ...(status !== undefined && { status }) }
    const span = this.#begin()
    span.updateName(nameOf(facts))
    span.setAttributes(attributesOf(facts))
    // A request that was refused is no error of the server's (semantic conventions, HTTP server spans, §status).
    const isCallersFault = status !== undefined && status >= 400 && status < 500
    if ((facts.errorType !== undefined && !isCallersFault) || (status ?? 500) >= 500) span.setStatus({ code: SpanStatusCode.ERROR })
    span.end(performance.now())
  }

  /** Late, because a message's own trace is known only when it was read; the time is that of the beginning. */
  #begin(): Span {
    const transport = this.#transport && trace.getSpanContext(this.#transport)
    return (this.#span ??= this.#tracer.startSpan(
      nameOf(this.#facts),
      { kind: SpanKind.SERVER, startTime: this.#startedAtMs, ...(transport && { links: [{ context: transport }] }) },
      this.#parent ?? ROOT_CONTEXT,
    ))
  }
}

class TracedCall implements CallSpan {
  readonly trace: TraceContext
  readonly #span: Span
  readonly #onEnd: () => void

  constructor(span: Span, onEnd: () => void) {
    this.#span = span
    this.#onEnd = onEnd
    this.trace = writeTrace(span)
  }

  end(errorType?: string): void {
    this.#onEnd()
    if (errorType !== undefined) this.#span.setAttributes(attributesOf({ errorType })).setStatus({ code: SpanStatusCode.ERROR })
    this.#span.end()
  }
}
