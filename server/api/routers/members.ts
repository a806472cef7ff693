import { z } from 'zod'
import { changeMemberRole, listMembers, removeMember } from '../../identity/members.ts'
import { memberRole } from '../../identity/person-input.ts'
import { procedure, router } from '../procedures.ts'

const id = z.string().min(1).max(100)

export const membersRouter = router({
  list: procedure.query(({ ctx }) => listMembers(ctx.context)),
  changeRole: procedure.input(z.strictObject({ id, role: memberRole })).mutation(({ ctx, input }) => changeMemberRole(ctx.context, input)),
  remove: procedure.input(z.strictObject({ id })).mutation(({ ctx, input }) => removeMember(ctx.context, input)),
})
