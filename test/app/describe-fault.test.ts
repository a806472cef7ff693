import { UNSAFE_ErrorResponseImpl as ErrorResponse } from '@remix-run/router'
import { describe, expect, it } from 'vitest'
import { describeFault } from '../../app/lib/describe-fault.ts'
import type { Problem } from '../../app/lib/load-context.ts'

const problem = (part: Partial<Problem>): Problem => ({
  code: 'connection.not_found',
  message: 'There is no connection x in the namespace demo.',
  status: 404,
  side: 'caller',
  field: undefined,
  upstreamText: undefined,
  retryAfterSeconds: undefined,
  requestId: 'req_1',
  ...part,
})

const answer = (status: number, data: unknown) => new ErrorResponse(status, '', data)

describe('a page that failed', () => {
  it('says what the house said, with the request id that finds it', () => {
    expect(describeFault(answer(404, problem({})))).toMatchObject({
      status: 404,
      title: 'There is no such connection',
      explanation: 'There is no connection x in the namespace demo.',
      requestId: 'req_1',
    })
  })

  it('says that the session ended, and not what it may no longer do', () => {
    const fault = describeFault(answer(401, problem({ code: 'identity.unauthenticated', message: 'Send a key.', status: 401 })))
    expect(fault).toMatchObject({ title: 'You are signed out', side: 'Your session', explanation: expect.stringContaining('Sign in') as string })
  })

  it.each([
    [400, 'Your request'],
    [404, 'This address'],
    [500, 'Plugboard'],
    [502, 'The upstream server'],
    [504, 'The upstream server'],
  ])('with status %d and no words of its own is on the side of: %s', (status, side) => {
    expect(describeFault(answer(status, '<html>'))).toMatchObject({ status, side })
  })

  it('by an exception is on the side of Plugboard and shows nothing of it', () => {
    const fault = describeFault(new Error('the text of a secret'))
    expect(fault.side).toBe('Plugboard')
    expect(JSON.stringify(fault)).not.toContain('secret')
  })
})
