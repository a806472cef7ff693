import { z } from 'zod'
import { getAccount, listSessions, renameAccount, revokeOtherSessions, revokeSession } from '../../identity/account.ts'
import { endAppAccess, endAppAccessInput, listAppAccess } from '../../downstream-oauth/app-access.ts'
import { personName } from '../../identity/person-input.ts'
import { procedure, router } from '../procedures.ts'

/** Of the member who asks. What gives or takes a cookie is a page's, not a procedure's. */
export const accountRouter = router({
  get: procedure.query(({ ctx }) => getAccount(ctx.context)),
  rename: procedure.input(z.strictObject({ name: personName })).mutation(({ ctx, input }) => renameAccount(ctx.context, input)),
  sessions: procedure.query(({ ctx }) => listSessions(ctx.context)),
  revokeSession: procedure
    .input(z.strictObject({ handle: z.string().min(1).max(100) }))
    .mutation(({ ctx, input }) => revokeSession(ctx.context, input)),
  apps: procedure.query(({ ctx }) => listAppAccess(ctx.context)),
  endApp: procedure.input(endAppAccessInput).mutation(({ ctx, input }) => endAppAccess(ctx.context, input)),
  revokeOtherSessions: procedure.mutation(({ ctx }) => revokeOtherSessions(ctx.context)),
})
