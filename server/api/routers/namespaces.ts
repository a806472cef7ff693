import { z } from 'zod'
import { removeNamespace } from '../../connections/remove-namespace.ts'
import { namespaceName } from '../../namespaces/namespace-name.ts'
import { getNamespaceSettings, namespaceSettingsInput, updateNamespaceSettings } from '../../namespaces/namespace-settings.ts'
import { createNamespace, ensureNamespace, listNamespaces } from '../../namespaces/namespaces.ts'
import { procedure, router } from '../procedures.ts'

const named = z.strictObject({ name: namespaceName })

export const namespacesRouter = router({
  list: procedure.query(({ ctx }) => listNamespaces(ctx.context)),
  /** With a generated name. */
  create: procedure.mutation(({ ctx }) => createNamespace(ctx.context)),
  /** Creates it unless it is yours already. */
  ensure: procedure.input(named).mutation(({ ctx, input }) => ensureNamespace(ctx.context, input)),
  /** How people are sent to sign in, and back. */
  settings: procedure.input(named).query(({ ctx, input }) => getNamespaceSettings(ctx.context, input)),
  /** What is left out stays as it is. */
  updateSettings: procedure
    .input(namespaceSettingsInput.extend({ name: namespaceName }))
    .mutation(({ ctx, input }) => updateNamespaceSettings(ctx.context, input)),
  /** With every connection in it; how many of their grants were given back, if there were any. */
  remove: procedure.input(named).mutation(({ ctx, input }) => removeNamespace(ctx.context, input)),
})
