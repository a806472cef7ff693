// Keeps what flows say of themselves off their way: in memory, until a tick, a reader or a clean stop has it written.
// A trace that cannot be written is lost; nothing waits for it, and nothing fails with it.
import type { Database } from '../../db/database.ts'
import { addTraces, type TracePart } from '../../db/queries/authorization-traces.ts'
import type { Now } from '../lib/clock.ts'
import { newId } from '../lib/ids.ts'
import type { Logger } from '../lib/logger.ts'
import { FlowTrace, type TraceStep } from './flow-trace.ts'

/** The connection that it is about: its random key, and the name that readers know. */
export interface TracedConnection {
  uid: string
  organizationId: string
  namespace: string
  connectionId: string
}

export type TraceKind = TracePart['kind']

interface Part extends TracePart {
  steps: TraceStep[]
}

const MAX_PENDING = 2000

export class TraceRecorder {
  readonly #db: Database
  readonly #now: Now
  readonly #log: Logger
  readonly #publish: (connection: TracedConnection) => void
  /** By flow. */
  #pending = new Map<string, Part>()
  #flushing: Promise<void> = Promise.resolve()

  constructor(db: Database, now: Now, log: Logger, publish: (connection: TracedConnection) => void) {
    this.#db = db
    this.#now = now
    this.#log = log
    this.#publish = publish
  }

  /** `flowId`: of a flow that goes on. Each step counts from when it is done. */
  startFlow(kind: TraceKind, connection: TracedConnection, flowId = newId('flow')): FlowTrace {
    return new FlowTrace(this.#now, (step) => this.record(kind, connection, [step], flowId))
  }

  record(kind: TraceKind, connection: TracedConnection, steps: readonly TraceStep[], flowId = newId('flow')): void {
    const [first] = steps
    if (!first) return
    const part = this.#pending.get(flowId) ?? this.#open({ flowId, connectionUid: connection.uid, kind, startedAt: first.at, steps: [] })
    part.steps.push(...steps)
    // Changes of status have a feed of their own.
    if (kind !== 'status') this.#publish(connection)
  }

  #open(part: Part): Part {
    const [oldest] = this.#pending.keys()
    if (this.#pending.size >= MAX_PENDING && oldest !== undefined) this.#pending.delete(oldest)
    this.#pending.set(part.flowId, part)
    return part
  }

  /** Never fails. */
  flush(): Promise<void> {
    this.#flushing = this.#flushing.then(() => this.#flush())
    return this.#flushing
  }

  async #flush(): Promise<void> {
    if (this.#pending.size === 0) return
    const parts = [...this.#pending.values()]
    this.#pending = new Map()
    try {
      await addTraces(this.#db, parts)
    } catch (error) {
      this.#log.warn('what happened to connections could not be written', { error })
    }
  }
}
