// One sign-in, renewal or check, as it is told afterwards. Whoever runs a step hands it in here; what it throws is
// noted and thrown on.
import { toAppError } from '../lib/app-error.ts'
import type { Now } from '../lib/clock.ts'
import type { Exchange, NoteExchange } from '../oauth/trace/exchange.ts'
import { DECISIONS, type Decision } from './decisions.ts'
import { sectionOf, type StepName } from './steps.ts'

export interface TraceStep {
  at: number
  step: StepName
  /** A sentence of ours. */
  decision: string
  section: string | null
  failed: boolean
  /** Our error's; null if it went well. */
  code: string | null
  durationMs: number
  exchanges: Exchange[]
}

export class FlowTrace {
  readonly #now: Now
  readonly #record: (step: TraceStep) => void

  constructor(now: Now, record: (step: TraceStep) => void) {
    this.#now = now
    this.#record = record
  }

  /** `run` notes what went over the wire; `decide` says what came of it. */
  async step<Value>(step: StepName, run: (note: NoteExchange) => Value | Promise<Value>, decide: Decision | ((value: Value) => Decision)): Promise<Value> {
    const at = this.#now()
    const startedAt = performance.now()
    const exchanges: Exchange[] = []
    const ended = () => ({ at, step, durationMs: Math.round(performance.now() - startedAt), exchanges })
    try {
      const value = await run((exchange) => void exchanges.push(exchange))
      const decision = typeof decide === 'function' ? decide(value) : decide
      this.#record({ ...ended(), decision: DECISIONS[decision], section: sectionOf(step, null), failed: false, code: null })
      return value
    } catch (thrown) {
      const { code, message } = toAppError(thrown)
      this.#record({ ...ended(), decision: message, section: sectionOf(step, code), failed: true, code })
      throw thrown
    }
  }

  /** What took no time and could not fail. */
  note(step: StepName, decision: Decision): void {
    this.#record({ at: this.#now(), step, decision: DECISIONS[decision], section: sectionOf(step, null), failed: false, code: null, durationMs: 0, exchanges: [] })
  }
}

/** Of what nobody can look up: a connection that is not stored, a page that only reads. */
export const untraced = new FlowTrace(() => 0, () => undefined)
