import type { Problem } from '../../lib/load-context.ts'

/** What is wrong with one field, in a sentence that stands beside it; undefined if it is not to blame. */
export function fieldError(problem: Problem | undefined, field: string): string | undefined {
  if (problem?.field === undefined) return undefined
  const isInside = problem.field.startsWith(`${field}.`)
  if (problem.field !== field && !isInside) return undefined
  const sentence = problem.message.startsWith(`${problem.field}: `) ? problem.message.slice(problem.field.length + 2) : problem.message
  const subject = isInside ? `${problem.field.slice(field.length + 1)}: ` : ''
  return subject === '' ? sentence.charAt(0).toUpperCase() + sentence.slice(1) : subject + sentence
}

const FIELDS = ['mcpUrl', 'headers', 'metadata', 'name', 'connectionId', 'oauthClient.clientId', 'oauthClient.clientSecret', 'oauthClient.privateKey']

/** What no field of the forms is to blame for. */
export const formError = (problem: Problem | undefined): Problem | undefined =>
  FIELDS.some((field) => fieldError(problem, field) !== undefined) ? undefined : problem
