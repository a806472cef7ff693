// What people say about themselves, checked.
import { z } from 'zod'
import { MEMBER_ROLES } from '../../db/schema/member.ts'
import { inputProblem } from '../lib/input-problem.ts'

export const personName = z.string().trim().min(1, 'is required').max(100, 'takes at most 100 characters')

export const organizationName = personName

/** Lower case: people do not remember how they wrote it. */
export const emailAddress = z.string().trim().toLowerCase().max(254, 'takes at most 254 characters').pipe(z.email('is not an email address'))

export const memberRole = z.enum(MEMBER_ROLES)

/** For what no router has checked. @throws input.invalid */
export function readPersonInput<Output>(schema: z.ZodType<Output>, input: unknown): Output {
  const parsed = schema.safeParse(input)
  if (parsed.success) return parsed.data
  throw inputProblem(parsed.error, input)
}
