// Patterns that callers write, over texts that callers send: RE2 syntax, because it cannot be made to backtrack, and
// with bounds on what one call may cost all the same. A pattern matches a whole text, never a part of it.
import { RE2JS } from 're2js'

const MAX_SOURCE = 500
/** Instructions. A step of the matcher goes through all of them at worst. */
const MAX_PROGRAM = 500
const MAX_TEXT = 4096
/** Steps times instructions: about 30 ms at worst. */
const MAX_EFFORT = 4_000_000

/** What is left of the work that one decision may cost. */
export class Effort {
  #left = MAX_EFFORT

  /** False once it is used up: then nothing matches any more. */
  spend(cost: number): boolean {
    this.#left -= cost
    return this.#left >= 0
  }
}

export interface Pattern {
  matches(text: string, effort: Effort): boolean
}

/** `undefined` for what is no pattern, or one that would cost too much. */
export function compilePattern(source: string): Pattern | undefined {
  const program = compile(source)
  if (!program) return undefined
  const size = program.programSize()
  if (size > MAX_PROGRAM) return undefined
  return { matches: (text, effort) => text.length <= MAX_TEXT && effort.spend((text.length + 1) * size) && program.testExact(text) }
}

function compile(source: string): RE2JS | undefined {
  if (source.length > MAX_SOURCE) return undefined
  try {
    return RE2JS.compile(source)
  } catch {
    return undefined
  }
}
