// Where a form shows what went wrong: beside the field that is to blame, or above the form.
import type { Problem } from './load-context.ts'

export interface PlacedProblem {
  /** What to say beside this field. */
  beside(field: string): string | undefined
  /** What belongs to no field of the form. */
  above: Problem | undefined
}

/** Messages of bad input begin with the field's name, which its label already says. */
function withoutField({ message, field }: Problem): string {
  const text = message.startsWith(`${field}: `) ? message.slice(`${field}: `.length) : message
  return text.charAt(0).toUpperCase() + text.slice(1)
}

export function placeProblem(problem: Problem | undefined, fields: readonly string[]): PlacedProblem {
  const blamed = problem?.field !== undefined && fields.includes(problem.field) ? problem.field : undefined
  return {
    beside: (field) => (problem && field === blamed ? withoutField(problem) : undefined),
    above: blamed === undefined ? problem : undefined,
  }
}
