import { eq, type SQLWrapper } from 'drizzle-orm'
import type { Database } from '../database.ts'
import { allowedOrigin } from '../schema/allowed-origin.ts'
import { namespaceSetting, type NamespaceSettingRow } from '../schema/namespace-setting.ts'

export const findNamespaceSettings = (db: Database, namespace: string): Promise<NamespaceSettingRow | undefined> =>
  db.read(db.build.select().from(namespaceSetting).where(eq(namespaceSetting.namespace, namespace)).get())

export type NamespaceSettingChanges = Partial<Pick<NamespaceSettingRow, 'allowedOrigins' | 'defaultReturnUrl' | 'completion'>>

/** `row` if there is none yet, otherwise only what `changes` names: two writers of different settings do not undo each other. */
export async function putNamespaceSettings(db: Database, { row, changes }: { row: NamespaceSettingRow; changes: NamespaceSettingChanges }): Promise<void> {
  const set = { ...changes, updatedAt: row.updatedAt }
  const put = db.build.insert(namespaceSetting).values(row).onConflictDoUpdate({ target: namespaceSetting.namespace, set })
  await db.writeBatch([put, ...(changes.allowedOrigins ? indexOrigins(db, row, changes.allowedOrigins) : [])])
}

function indexOrigins(db: Database, { namespace, organizationId }: NamespaceSettingRow, origins: readonly string[]): SQLWrapper[] {
  const forget = db.build.delete(allowedOrigin).where(eq(allowedOrigin.namespace, namespace))
  const rows = origins.map((origin) => ({ origin, organizationId, namespace }))
  return rows.length === 0 ? [forget] : [forget, db.build.insert(allowedOrigin).values(rows)]
}
