import { expect, it } from 'vitest'
import { z } from 'zod'
import { createConnectionInput } from '../../../server/connections/connection-input.ts'
import { inputProblem } from '../../../server/lib/input-problem.ts'

const problemOf = (schema: z.ZodType, input: unknown) => {
  const parsed = schema.safeParse(input)
  if (parsed.success) throw new Error('the input is fine')
  return inputProblem(parsed.error, input)
}

const url = 'https://mcp.example/mcp'

it.each([
  ['a missing member', {}, 'mcpUrl: is required'],
  ['an unknown member', { mcpUrl: url, header: {} }, 'header: is not known here'],
  ['a nested value', { mcpUrl: url, headers: { 'x-key': 'a\nb' } }, 'headers.x-key: may not contain control characters'],
  ['a key of a record', { mcpUrl: url, headers: { 'x key': 'a' } }, 'headers.x key: is not a header name'],
  ['a feature that is not offered', { mcpUrl: url, source: {} }, 'source: is not supported; run the server yourself and give its mcpUrl'],
])('names the field of %s and says what is wrong', (_what, input, message) => {
  const problem = problemOf(createConnectionInput, input)
  expect(problem.message).toContain(message)
  expect(problem).toMatchObject({ kind: 'invalid', code: 'input.invalid', details: { field: message.slice(0, message.indexOf(':')) } })
})

it('speaks of the body when the whole of it is wrong', () => {
  expect(problemOf(z.object({}), []).message).toMatch(/^body: /)
  expect(problemOf(z.object({}), undefined).message).toBe('body: is required')
})

it('follows the branch of a union that fits best', () => {
  const shape = z.union([z.string(), z.object({ a: z.object({ b: z.number('must be a number') }) })])
  expect(problemOf(shape, { a: { b: 'x' } }).message).toBe('a.b: must be a number')
})

it('never repeats the value', () => {
  for (const input of [{ mcpUrl: 's3cret' }, { mcpUrl: url, headers: { a: 's3cret\u0000' } }, { mcpUrl: url, name: { s3cret: 1 } }, { mcpUrl: url, sessions: 's3cret' }]) {
    expect(JSON.stringify(problemOf(createConnectionInput, input))).not.toContain('s3cret')
  }
})
