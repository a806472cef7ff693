import { describe, expect, it } from 'vitest'
import { AppError, invalidInput, toAppError, type ErrorKind } from '../../../server/lib/app-error.ts'
import { errorBody, errorTable, jsonRpcError } from '../../../server/lib/error-table.ts'

const error = new AppError({
  code: 'room.reason',
  kind: 'conflict',
  message: 'Do this.',
  details: { field: 'x' },
  cause: new Error('s3cret'),
})

describe('an error leaves the house', () => {
  it('in HTTP with its word, code, message and details, and not its cause', () => {
    expect(errorBody(error, 'req_1')).toEqual({
      error: 'conflict',
      code: 'room.reason',
      message: 'Do this.',
      requestId: 'req_1',
      details: { field: 'x' },
    })
    expect(JSON.stringify([errorBody(error, 'r'), jsonRpcError(error, 'r')])).not.toContain('s3cret')
  })

  it('in JSON-RPC with a number, which it may bring itself', () => {
    expect(jsonRpcError(error, 'req_1')).toMatchObject({
      code: -32009,
      data: { code: 'room.reason', side: 'caller', requestId: 'req_1', field: 'x' },
    })
    const own = new AppError({ code: 'a.b', kind: 'invalid', message: 'm', details: { jsonRpcCode: -32700 } })
    expect(JSON.parse(JSON.stringify(jsonRpcError(own, 'r')))).toEqual({
      code: -32700,
      message: 'm',
      data: { code: 'a.b', side: 'caller', requestId: 'r' },
    })
  })

  it('without a word of what nobody foresaw', () => {
    const failure = toAppError(new TypeError('s3cret is not a function'))
    expect(failure).toMatchObject({ code: 'internal.unexpected', kind: 'internal' })
    expect(JSON.stringify(errorBody(failure, 'r'))).not.toContain('s3cret')
    expect(toAppError(error)).toBe(error)
  })

  it('naming the field that the caller can mend', () => {
    expect(invalidInput('metadata.userId', 'is required')).toMatchObject({
      message: 'metadata.userId: is required',
      details: { field: 'metadata.userId' },
    })
  })
})

it('every kind of error has one row whose status agrees with whose side it is on', () => {
  for (const [kind, row] of Object.entries(errorTable)) {
    const fault = row.side === 'caller' ? row.status < 500 || kind === 'loop' : row.status >= 500
    expect([kind, fault, row.jsonRpc < 0]).toEqual([kind, true, true])
  }
  const kinds: ErrorKind[] = [
    'invalid',
    'unauthenticated',
    'forbidden',
    'not_found',
    'conflict',
    'rate_limited',
    'upstream',
    'timeout',
    'internal',
  ]
  expect(kinds.map((kind) => errorTable[kind].status)).toEqual([400, 401, 403, 404, 409, 429, 502, 504, 500])
})
