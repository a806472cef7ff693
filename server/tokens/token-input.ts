// What callers may say about service tokens, for REST and tRPC.
import { z } from 'zod'
import { constraintInput } from '../policy/constraint.ts'
import { MAX_TOKEN_LENGTH } from './token-text.ts'

const ttl = z.union([z.number(), z.string()]).describe('How long it lives: seconds, or "20s", "30m", "1h", "1d"; from 20 seconds to 24 hours.')

const policy = z
  .array(constraintInput.extend({ ttl: ttl.optional() }))
  .min(1, 'must name at least one constraint')
  .describe('What it may do: whatever any one of these allows, within what its minter may do. The shortest ttl counts.')

const rights = { policy: policy.optional(), ttl: ttl.optional() }

export const mintTokenInput = z.strictObject({
  ...rights,
  name: z.string().trim().min(1).max(100).optional().describe('For your list of tokens.'),
  organizationId: z.string().optional().describe('Accepted if it is the one that the credential belongs to.'),
})
export type MintTokenInput = z.infer<typeof mintTokenInput>

export const presentedToken = z.string().min(1).max(MAX_TOKEN_LENGTH).describe('A service token.')

export const narrowTokenInput = z.strictObject({ token: presentedToken, ...rights })
export type NarrowTokenInput = z.infer<typeof narrowTokenInput>

export const tokenId = z.string().regex(/^tok_[0-9A-Za-z]{1,60}$/, 'is not the id of a token')

export const revokeTokenInput = z.union([
  z.strictObject({ token: presentedToken }),
  z.strictObject({ id: tokenId.describe('From the list: everything that was narrowed from it ends, too.') }),
])
export type RevokeTokenInput = z.infer<typeof revokeTokenInput>

export const listTokensInput = z.strictObject({
  limit: z.coerce.number('must be a number').int().min(1).max(100).default(100),
  cursor: z.string().min(1).max(200).optional(),
})
export type ListTokensInput = z.infer<typeof listTokensInput>
