import { z } from 'zod'
import { createInvitation, listInvitations, revokeInvitation } from '../../identity/invitations.ts'
import { emailAddress, memberRole } from '../../identity/person-input.ts'
import { procedure, router } from '../procedures.ts'

export const invitationsRouter = router({
  list: procedure.query(({ ctx }) => listInvitations(ctx.context)),
  /** This answer is the only one that shows the link. */
  create: procedure
    .input(z.strictObject({ email: emailAddress, role: memberRole }))
    .mutation(({ ctx, input }) => createInvitation(ctx.context, input)),
  revoke: procedure.input(z.strictObject({ id: z.string().min(1).max(100) })).mutation(({ ctx, input }) => revokeInvitation(ctx.context, input)),
})
