import { TRPCError } from '@trpc/server'
import { TRPC_ERROR_CODES_BY_KEY } from '@trpc/server/rpc'
import { expect, it } from 'vitest'
import { errorEnvelope } from '../../../server/api/error-envelope.ts'
import { toHouseError } from '../../../server/api/trpc-errors.ts'
import { AppError, type ErrorKind } from '../../../server/lib/app-error.ts'
import { errorTable } from '../../../server/lib/error-table.ts'

const kinds = Object.keys(errorTable) as ErrorKind[]

it.each(kinds)('the kind %s has a code that tRPC knows and the status that REST gives', (kind) => {
  const envelope = errorEnvelope(new AppError({ code: 'room.reason', kind, message: 'what to do', details: { field: 'x' } }), 'a.b', 'req_1')
  expect(TRPC_ERROR_CODES_BY_KEY).toHaveProperty(envelope.data.code)
  expect(envelope).toEqual({
    code: TRPC_ERROR_CODES_BY_KEY[envelope.data.code],
    message: 'what to do',
    data: {
      code: envelope.data.code,
      httpStatus: errorTable[kind].status,
      path: 'a.b',
      plugboard: { code: 'room.reason', message: 'what to do', requestId: 'req_1', details: { field: 'x' } },
    },
  })
})

it('an error that nobody foresaw loses its words', () => {
  const error = toHouseError(new TRPCError({ code: 'INTERNAL_SERVER_ERROR', cause: new Error('s3cret') }), undefined)
  expect(error).toMatchObject({ code: 'internal.unexpected', kind: 'internal', message: expect.not.stringContaining('s3cret') })
})

it('a syntax error inside a procedure is ours, not the caller\'s', () => {
  expect(toHouseError(new TRPCError({ code: 'INTERNAL_SERVER_ERROR', cause: new SyntaxError('x') }), undefined).kind).toBe('internal')
  expect(toHouseError(new TRPCError({ code: 'BAD_REQUEST', cause: new SyntaxError('x') }), undefined).kind).toBe('invalid')
})
