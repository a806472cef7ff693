// From a schema's complaint to the house's error: which field, what is wrong with it. All doors say
// it the same way.
import type { z } from 'zod'
import { type AppError, invalidInput } from './app-error.ts'

type Issue = z.core.$ZodIssue
type Path = readonly PropertyKey[]

const fieldName = (path: Path): string => path.map(String).join('.') || 'body'

const valueAt = (input: unknown, path: Path): unknown =>
  path.reduce<unknown>((value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined), input)

/** The complaint that helps: inside a record's key or a union's likeliest branch it lies one level deeper. */
function describe(issue: Issue, input: unknown): { path: Path; problem: string } {
  const path = issue.path
  if (issue.code === 'unrecognized_keys') return { path: [...path, ...issue.keys.slice(0, 1)], problem: 'is not known here' }
  if (issue.code === 'invalid_key') return { path, problem: issue.issues[0]?.message ?? issue.message }
  if (issue.code === 'invalid_union') return describeUnion(issue, path, input)
  const isMissing = issue.code === 'invalid_type' && issue.expected !== 'never' && valueAt(input, path) === undefined
  if (isMissing) return { path, problem: 'is required' }
  return { path, problem: issue.message }
}

function describeUnion(issue: Extract<Issue, { code: 'invalid_union' }>, path: Path, input: unknown) {
  const branches = issue.errors.filter((issues) => issues.length > 0)
  // The branch that got furthest into the value is the one that was meant.
  const deepest = branches.toSorted((one, other) => other[0]!.path.length - one[0]!.path.length)[0]?.[0]
  if (!deepest) return { path, problem: issue.message }
  const inner = describe(deepest, valueAt(input, path))
  return { path: [...path, ...inner.path], problem: inner.problem }
}

/** Names the first problem; more than one at a time helps nobody who reads a single line. */
export function inputProblem(error: { issues: readonly Issue[] }, input: unknown): AppError {
  const issue = error.issues[0]
  if (!issue) return invalidInput('body', 'is not valid')
  const { path, problem } = describe(issue, input)
  return invalidInput(fieldName(path), problem)
}
