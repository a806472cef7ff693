import { expect, it } from 'vitest'
import { AppError, type ErrorKind } from '../../../server/lib/app-error.ts'
import { errorTable } from '../../../server/lib/error-table.ts'
import { toErrorResponse } from '../../../server/rest/answer.ts'

const failWith = (kind: ErrorKind, retryAfterSeconds?: number) => toErrorResponse(new AppError({ code: 'room.reason', kind, message: 'm', retryAfterSeconds }), 'req_1')

it.each(Object.keys(errorTable) as ErrorKind[])('the kind %s has its status and the dialect\'s body', async (kind) => {
  const response = failWith(kind)
  expect(response.status).toBe(errorTable[kind].status)
  expect(await response.json()).toEqual({ error: errorTable[kind].word, code: 'room.reason', message: 'm', requestId: 'req_1' })
  expect(response.headers.get('x-should-retry')).toBe(response.status === 409 ? 'false' : null)
  expect(response.headers.has('www-authenticate')).toBe(response.status === 401)
})

it('whoever comes too often or too early is told when to come back, in whole seconds', () => {
  expect(failWith('rate_limited', 1.2).headers.get('retry-after')).toBe('2')
  expect(failWith('unavailable', 5).headers.get('retry-after')).toBe('5')
  expect(failWith('unavailable').headers.has('retry-after')).toBe(false)
})
