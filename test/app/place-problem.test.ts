import { expect, it } from 'vitest'
import { placeProblem } from '../../app/lib/place-problem.ts'
import type { Problem } from '../../app/lib/load-context.ts'

const problem = (field: string | undefined, message: string): Problem => ({
  code: 'input.invalid',
  message,
  status: 400,
  side: 'caller',
  field,
  upstreamText: undefined,
  retryAfterSeconds: undefined,
  requestId: 'req_1',
})

it('a problem of a field of the form stands beside it, in words that do not repeat the label', () => {
  const placed = placeProblem(problem('email', 'email: is not an address'), ['name', 'email'])
  expect(placed.beside('email')).toBe('Is not an address')
  expect(placed.beside('name')).toBeUndefined()
  expect(placed.above).toBeUndefined()
})

it.each([
  ['of no field', undefined],
  ['of a field that the form does not have', 'headers.x-api-key'],
])('a problem %s stands above the form', (_what, field) => {
  const placed = placeProblem(problem(field, 'This did not work.'), ['email'])
  expect(placed.above?.message).toBe('This did not work.')
  expect(placed.beside('email')).toBeUndefined()
})

it('no problem is shown nowhere', () => {
  const placed = placeProblem(undefined, ['email'])
  expect([placed.above, placed.beside('email')]).toEqual([undefined, undefined])
})
