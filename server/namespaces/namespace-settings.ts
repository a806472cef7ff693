// How a namespace sends people to sign in, and back.
import { z } from 'zod'
import { findNamespaceSettings, putNamespaceSettings } from '../../db/queries/namespace-settings.ts'
import type { Context, House } from '../context/context.ts'
import { invalidInput, isAppError } from '../lib/app-error.ts'
import { allowedOrigins, liesWithin, returnUrl } from './allowed-origin.ts'
import { namespaceNotFound, requireNamespace } from './namespaces.ts'

export const completion = z
  .enum(['auto', 'backend'])
  .describe('"backend": what was granted can be used only after your backend has said that the person who came back is the one it sent.')

export const namespaceSettingsView = z.object({ allowedOrigins: z.array(z.string()), defaultReturnUrl: z.string().nullable(), completion })
export type NamespaceSettings = z.infer<typeof namespaceSettingsView>

/** What is left out stays as it is. */
export const namespaceSettingsInput = z.strictObject({
  allowedOrigins: allowedOrigins.optional(),
  defaultReturnUrl: returnUrl.nullish(),
  completion: completion.optional(),
})
export type NamespaceSettingsInput = z.infer<typeof namespaceSettingsInput>

/** @throws namespace.not_found */
export async function getNamespaceSettings(context: Context, { name }: { name: string }): Promise<NamespaceSettings> {
  await requireNamespace(context, { name, operation: 'read', resource: 'namespace_settings' })
  return settingsOf(context, name)
}

/** @throws namespace.not_found, policy.forbidden, input.invalid */
export async function updateNamespaceSettings(context: Context, { name, ...input }: NamespaceSettingsInput & { name: string }): Promise<NamespaceSettings> {
  const { organizationId } = await requireNamespace(context, { name, operation: 'write', resource: 'namespace_settings' })
  const changes = {
    ...(input.allowedOrigins !== undefined && { allowedOrigins: [...new Set(input.allowedOrigins)] }),
    ...(input.defaultReturnUrl !== undefined && { defaultReturnUrl: input.defaultReturnUrl }),
    ...(input.completion !== undefined && { completion: input.completion }),
  }
  const next = { ...(await settingsOf(context, name)), ...changes }
  if (next.defaultReturnUrl !== null && !liesWithin(next.defaultReturnUrl, next.allowedOrigins)) {
    throw invalidInput('defaultReturnUrl', 'must lie within allowedOrigins')
  }
  try {
    await putNamespaceSettings(context.db, { row: { namespace: name, organizationId, ...next, updatedAt: context.now() }, changes })
  } catch (error) {
    throw isAppError(error) && error.code === 'database.parent_deleted' ? namespaceNotFound() : error
  }
  const fields = Object.keys(changes)
  context.audit.note(context, { action: 'namespace.settings', target: { kind: 'namespace', id: name }, namespace: name, details: { fields } })
  return next
}

/** Of any namespace: who asks has been judged. */
export async function settingsOf(house: House, namespace: string): Promise<NamespaceSettings> {
  const row = await findNamespaceSettings(house.db, namespace)
  return { allowedOrigins: row?.allowedOrigins ?? [], defaultReturnUrl: row?.defaultReturnUrl ?? null, completion: row?.completion ?? 'auto' }
}
