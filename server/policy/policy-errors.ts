import { AppError } from '../lib/app-error.ts'

/** `field` is a path into the policy that was sent. */
export const policyInvalid = (field: string, problem: string) =>
  new AppError({ code: 'policy.invalid', kind: 'invalid', message: `${field}: ${problem}`, details: { field } })

export const operationForbidden = ({ operation, resource }: { operation: string; resource: string }) =>
  new AppError({
    code: 'policy.forbidden',
    kind: 'forbidden',
    message: `This credential may not ${operation} ${resource}.`,
    details: { operation, resource },
  })

/** The connection is theirs to call, this call is not. */
export const callForbidden = () =>
  new AppError({
    code: 'policy.call_forbidden',
    kind: 'forbidden',
    message: 'This credential may use the connection, but not for this call. GET /tokens/explain says what it may do.',
  })

export const budgetSpent = () =>
  new AppError({
    code: 'policy.budget_spent',
    kind: 'forbidden',
    message: 'This credential may make no more calls: those that it was minted with are used up.',
  })

export const metadataFixed = (key: string) =>
  new AppError({
    code: 'policy.metadata_fixed',
    kind: 'forbidden',
    message: `metadata.${key}: is what this credential is limited by, so it cannot change it`,
    details: { field: `metadata.${key}` },
  })

export const metadataAmbiguous = () =>
  new AppError({
    code: 'policy.metadata_ambiguous',
    kind: 'invalid',
    message: 'metadata: this credential may create connections of several kinds; say in metadata which of them this is',
    details: { field: 'metadata' },
  })

export const policyTooBroad = () =>
  new AppError({
    code: 'policy.too_many_alternatives',
    kind: 'forbidden',
    message: 'The alternatives of this credential multiply into more cases than can be searched. Mint one with fewer alternatives in metadata.',
  })
