import { AppError } from '../lib/app-error.ts'
import { MAX_BLOCKS } from './token-text.ts'

export const tokenNotFound = () =>
  new AppError({ code: 'tokens.not_found', kind: 'not_found', message: 'This is no service token of your organization, or it ended long ago.' })

export const tokenOver = () =>
  new AppError({ code: 'tokens.over', kind: 'conflict', message: 'This service token has expired. Mint a new one.' })

export const tokenTooLong = () =>
  new AppError({
    code: 'tokens.too_long',
    kind: 'invalid',
    message: `The token would be longer than 4096 characters, or narrowed more than ${MAX_BLOCKS - 1} times. Use a shorter policy.`,
    details: { field: 'policy' },
  })

/** Where its text does not arrive with the call. */
export const narrowInstead = () =>
  new AppError({ code: 'tokens.narrow', kind: 'forbidden', message: 'A service token mints none: narrow it instead, and say it there.' })
