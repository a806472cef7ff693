import { asc, eq } from 'drizzle-orm'
import type { Database } from '../database.ts'
import { organization, type OrganizationRow } from '../schema/organization.ts'

export async function insertOrganization(db: Database, row: OrganizationRow): Promise<void> {
  await db.write(db.build.insert(organization).values(row))
}

export const findOrganization = (db: Database, id: string): Promise<OrganizationRow | undefined> =>
  db.read(db.build.select().from(organization).where(eq(organization.id, id)).get())

/** Oldest first. */
export const listOrganizations = (db: Database): Promise<OrganizationRow[]> =>
  db.read(db.build.select().from(organization).orderBy(asc(organization.createdAt), asc(organization.id)))

export async function renameOrganization(db: Database, { id, name }: { id: string; name: string }): Promise<boolean> {
  return (await db.write(db.build.update(organization).set({ name }).where(eq(organization.id, id)))) === 1
}
