import { z } from 'zod'

export const mintedTokenView = z.object({
  token: z.string().describe('Shown this once; keep it.'),
  expiresAt: z.iso.datetime(),
})
export type MintedTokenView = z.infer<typeof mintedTokenView>

/** As it was minted: what its holders made of it is theirs alone. */
export const tokenView = z.object({
  id: z.string(),
  name: z.string().nullable(),
  mintedBy: z.object({ kind: z.enum(['api_key', 'member']), id: z.string() }),
  policy: z.array(z.looseObject({})),
  may: z.array(z.string()).describe('The policy in words; one of these is enough.'),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
  revokedAt: z.iso.datetime().nullable(),
})
export type TokenView = z.infer<typeof tokenView>

export const tokenPage = z.object({ tokens: z.array(tokenView), nextCursor: z.string().nullable() })
export type TokenPage = z.infer<typeof tokenPage>
