import { z } from 'zod'
import { createApiKey, createApiKeyInput, listApiKeys, revokeApiKey } from '../../identity/api-keys.ts'
import { procedure, router } from '../procedures.ts'

export const keysRouter = router({
  list: procedure.query(({ ctx }) => listApiKeys(ctx.context)),
  /** This answer is the only one that shows the key. */
  create: procedure.input(createApiKeyInput).mutation(({ ctx, input }) => createApiKey(ctx.context, input)),
  revoke: procedure.input(z.strictObject({ id: z.string().min(1).max(100) })).mutation(({ ctx, input }) => revokeApiKey(ctx.context, input)),
})
