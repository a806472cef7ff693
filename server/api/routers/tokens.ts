import { explainAccess } from '../../tokens/explain-access.ts'
import { explainInput } from '../../tokens/explain-view.ts'
import { listTokens } from '../../tokens/list-tokens.ts'
import { mintToken } from '../../tokens/mint-token.ts'
import { narrowServiceToken } from '../../tokens/narrow-service-token.ts'
import { previewToken } from '../../tokens/preview-token.ts'
import { previewTokenInput } from '../../tokens/preview-view.ts'
import { revokeToken } from '../../tokens/revoke-token.ts'
import { listTokensInput, mintTokenInput, narrowTokenInput, revokeTokenInput } from '../../tokens/token-input.ts'
import { procedure, router } from '../procedures.ts'

export const tokensRouter = router({
  /** This answer is the only one that shows the token. */
  mint: procedure.input(mintTokenInput).mutation(({ ctx, input }) => mintToken(ctx.context, input)),
  /** Before minting. Over POST, although it changes nothing: a policy is longer than an address may be, and names people. */
  preview: procedure.input(previewTokenInput).mutation(({ ctx, input }) => previewToken(ctx.context, input)),
  /** Whoever holds a token can do this without asking, too. */
  narrow: procedure.input(narrowTokenInput).mutation(({ ctx, input }) => narrowServiceToken(ctx.context, input)),
  revoke: procedure.input(revokeTokenInput).mutation(({ ctx, input }) => revokeToken(ctx.context, input)),
  /** What the caller may do, or a token in the list. */
  explain: procedure.input(explainInput).query(({ ctx, input }) => explainAccess(ctx.context, input)),
  list: procedure.input(listTokensInput).query(({ ctx, input }) => listTokens(ctx.context, input)),
})
