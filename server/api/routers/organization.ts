import { z } from 'zod'
import { getOrganization, renameOrganization } from '../../identity/organization.ts'
import { organizationName } from '../../identity/person-input.ts'
import { procedure, router } from '../procedures.ts'

export const organizationRouter = router({
  get: procedure.query(({ ctx }) => getOrganization(ctx.context)),
  rename: procedure.input(z.strictObject({ name: organizationName })).mutation(({ ctx, input }) => renameOrganization(ctx.context, input)),
})
