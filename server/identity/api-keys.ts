// API keys: an app's backend credential. Made, listed, revoked; shown once.
import { z } from 'zod'
import { insertApiKey, listApiKeys as listRows, revokeApiKey as revokeRow } from '../../db/queries/api-keys.ts'
import type { ApiKeyRow } from '../../db/schema/api-key.ts'
import type { Context, House } from '../context/context.ts'
import { newId } from '../lib/ids.ts'
import { requirePermission } from '../policy/authorize.ts'
import { forgetMinter } from '../tokens/find-minter.ts'
import { apiKeyLimitsInput, apiKeyLimitsView } from './api-key-limits.ts'
import { apiKeyNotFound, rootKeyNotRevocable } from './identity-errors.ts'
import { digestOfKey, generateKey, KEY_PREFIX } from './key-format.ts'

export const createApiKeyInput = z.strictObject({
  name: z.string().trim().min(1).max(100),
  expiresAt: z.iso.datetime({ offset: true }).optional().describe('When the key stops working; never, if left out.'),
  ...apiKeyLimitsInput,
})
export type CreateApiKeyInput = z.infer<typeof createApiKeyInput>

export const apiKeyView = z.object({
  id: z.string(),
  name: z.string(),
  prefix: z.string(),
  lastFour: z.string(),
  isRoot: z.boolean(),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime().nullable(),
  lastUsedAt: z.iso.datetime().nullable(),
  revokedAt: z.iso.datetime().nullable(),
  ...apiKeyLimitsView,
})
export type ApiKeyView = z.infer<typeof apiKeyView>

export const createdApiKeyView = apiKeyView.extend({ key: z.string().describe('Shown this once; keep it.') })
export type CreatedApiKeyView = z.infer<typeof createdApiKeyView>

export async function createApiKey(context: Context, input: CreateApiKeyInput): Promise<CreatedApiKeyView> {
  requirePermission(context.actor, { operation: 'write', resource: 'keys', organizationId: context.actor.organizationId }, apiKeyNotFound)
  const key = generateKey()
  const { name, namespaces, operations, addresses } = input
  const row = keyRow({
    key,
    name,
    organizationId: context.actor.organizationId,
    isRoot: false,
    createdAt: context.now(),
    expiresAt: input.expiresAt === undefined ? null : Date.parse(input.expiresAt),
    limits: { namespaces, operations, addresses },
  })
  await insertApiKey(context.db, row)
  const limits = { ...(namespaces && { namespaces }), ...(operations && { operations }), ...(addresses && { addresses }) }
  const details = { name, ...(input.expiresAt !== undefined && { expiresAt: input.expiresAt }), ...limits }
  await context.audit.write(context, { action: 'key.create', target: { kind: 'api_key', id: row.id }, details })
  return { ...viewOf(row), key }
}

export async function listApiKeys(context: Context): Promise<ApiKeyView[]> {
  const { organizationId } = context.actor
  requirePermission(context.actor, { operation: 'read', resource: 'keys', organizationId }, apiKeyNotFound)
  return (await listRows(context.db, { organizationId })).map(viewOf)
}

export async function revokeApiKey(context: Context, input: { id: string }): Promise<void> {
  const { organizationId } = context.actor
  requirePermission(context.actor, { operation: 'write', resource: 'keys', organizationId }, apiKeyNotFound)
  const row = (await listRows(context.db, { organizationId })).find(({ id }) => id === input.id)
  if (!row) throw apiKeyNotFound()
  if (row.isRoot) throw rootKeyNotRevocable()
  // Also when the database did not answer: it may have done it.
  await revokeRow(context.db, { organizationId, id: row.id, at: context.now() }).finally(() => forgetKeyVerdicts(context, row.id))
  await context.audit.write(context, { action: 'key.revoke', target: { kind: 'api_key', id: row.id }, details: { name: row.name } })
}

/** The key and what it minted stop working in this process at once; others look again within seconds. */
export function forgetKeyVerdicts(house: House, id: string): void {
  house.caches.keys.forgetWhere(({ actor }) => actor.id === id)
  forgetMinter(house, id)
}

export interface NewKey {
  key: string
  name: string
  organizationId: string
  isRoot: boolean
  createdAt: number
  expiresAt: number | null
  limits?: Pick<CreateApiKeyInput, 'namespaces' | 'operations' | 'addresses'>
}

export const keyRow = (input: NewKey): ApiKeyRow => ({
  id: newId('key'),
  organizationId: input.organizationId,
  name: input.name,
  prefix: input.key.startsWith(KEY_PREFIX) ? KEY_PREFIX : '',
  lastFour: input.key.slice(-4),
  digest: digestOfKey(input.key),
  role: 'admin',
  isRoot: input.isRoot,
  createdAt: input.createdAt,
  expiresAt: input.expiresAt,
  lastUsedAt: null,
  revokedAt: null,
  namespaces: input.limits?.namespaces ?? null,
  operations: input.limits?.operations ?? null,
  addresses: input.limits?.addresses ?? null,
})

const isoOrNull = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString())

const viewOf = (row: ApiKeyRow): ApiKeyView => ({
  id: row.id,
  name: row.name,
  prefix: row.prefix,
  lastFour: row.lastFour,
  isRoot: row.isRoot,
  createdAt: new Date(row.createdAt).toISOString(),
  expiresAt: isoOrNull(row.expiresAt),
  lastUsedAt: isoOrNull(row.lastUsedAt),
  revokedAt: isoOrNull(row.revokedAt),
  namespaces: row.namespaces,
  operations: row.operations,
  addresses: row.addresses,
})
