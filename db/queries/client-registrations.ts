import { and, eq, isNull } from 'drizzle-orm'
import type { Database } from '../database.ts'
import { clientRegistration, type ClientRegistrationRow } from '../schema/client-registration.ts'

export const findRegistration = (db: Database, id: string): Promise<ClientRegistrationRow | undefined> =>
  db.read(db.build.select().from(clientRegistration).where(eq(clientRegistration.id, id)).get())

export const findConnectionRegistration = (db: Database, connectionUid: string): Promise<ClientRegistrationRow | undefined> =>
  db.read(db.build.select().from(clientRegistration).where(eq(clientRegistration.connectionUid, connectionUid)).get())

const ofOrganization = ({ organizationId, issuer }: { organizationId: string; issuer: string }) =>
  and(eq(clientRegistration.organizationId, organizationId), eq(clientRegistration.issuer, issuer), isNull(clientRegistration.connectionUid))

export const findOrganizationRegistration = (
  db: Database,
  input: { organizationId: string; issuer: string },
): Promise<ClientRegistrationRow | undefined> => db.read(db.build.select().from(clientRegistration).where(ofOrganization(input)).get())

/** False if there is one for this issuer already: then that one counts. */
export async function insertRegistration(db: Database, row: ClientRegistrationRow): Promise<boolean> {
  return (await db.write(db.build.insert(clientRegistration).values(row).onConflictDoNothing())) === 1
}

/** Only one that we made ourselves: it is made again when it is next needed. What somebody gave us is theirs to change. */
export async function expireRegistration(db: Database, { id, at }: { id: string; at: number }): Promise<void> {
  const isOurs = and(eq(clientRegistration.id, id), eq(clientRegistration.kind, 'dynamic'))
  await db.write(db.build.update(clientRegistration).set({ secretExpiresAt: at }).where(isOurs))
}

export async function deleteRegistration(db: Database, id: string): Promise<void> {
  await db.write(db.build.delete(clientRegistration).where(eq(clientRegistration.id, id)))
}
