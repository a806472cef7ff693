import { and, eq, exists, getTableColumns, inArray, isNull, lte, notExists, sql, type SQLWrapper } from 'drizzle-orm'
import type { Database } from '../database.ts'
import { clientRegistration, type ClientRegistrationRow } from '../schema/client-registration.ts'
import { connection } from '../schema/connection.ts'
import { oauthGrant } from '../schema/oauth-grant.ts'
import type { ConnectionVersion } from './connection-children.ts'

export const findRegistration = (db: Database, id: string): Promise<ClientRegistrationRow | undefined> =>
  db.read(db.build.select().from(clientRegistration).where(eq(clientRegistration.id, id)).get())

export const findConnectionRegistration = (db: Database, connectionUid: string): Promise<ClientRegistrationRow | undefined> =>
  db.read(db.build.select().from(clientRegistration).where(eq(clientRegistration.connectionUid, connectionUid)).get())

const ofOrganization = ({ organizationId, issuer }: { organizationId: string; issuer: string }) =>
  and(
    eq(clientRegistration.organizationId, organizationId),
    eq(clientRegistration.issuer, issuer),
    isNull(clientRegistration.connectionUid),
    isNull(clientRegistration.retiredAt),
  )

export const findOrganizationRegistration = (
  db: Database,
  input: { organizationId: string; issuer: string },
): Promise<ClientRegistrationRow | undefined> => db.read(db.build.select().from(clientRegistration).where(ofOrganization(input)).get())

/** False if there is one for this issuer already: then that one counts. */
export async function insertRegistration(db: Database, row: ClientRegistrationRow): Promise<boolean> {
  return (await db.write(db.build.insert(clientRegistration).values(row).onConflictDoNothing())) === 1
}

/** Only one that we made ourselves: the next consent registers anew. What somebody gave us is theirs to change. */
export async function retireRegistration(db: Database, { id, at }: { id: string; at: number }): Promise<void> {
  const isOurs = and(eq(clientRegistration.id, id), eq(clientRegistration.kind, 'dynamic'), isNull(clientRegistration.retiredAt))
  await db.write(db.build.update(clientRegistration).set({ retiredAt: at }).where(isOurs))
}

/** Those that no grant was made with. */
export async function deleteRetiredRegistrations(db: Database, { until }: { until: number }): Promise<void> {
  const made = db.build.select({ one: sql`1` }).from(oauthGrant).where(eq(oauthGrant.registrationId, clientRegistration.id))
  await db.write(db.build.delete(clientRegistration).where(and(lte(clientRegistration.retiredAt, until), notExists(made))))
}

/** A connection's own, in place of the one it had. A grant that was made for the same client goes on with it. */
export function replaceOwnRegistration(db: Database, { uid, revision }: ConnectionVersion, row: ClientRegistrationRow): SQLWrapper[] {
  const isCurrent = and(eq(connection.uid, uid), eq(connection.revision, revision))
  const current = db.build.select({ uid: connection.uid }).from(connection).where(isCurrent)
  // In the order of the table's columns.
  const columns = Object.keys(getTableColumns(clientRegistration)) as (keyof ClientRegistrationRow)[]
  const values = sql.join(columns.map((column) => sql`${row[column]}`), sql`, `)
  const ofClient = and(eq(oauthGrant.connectionUid, uid), eq(oauthGrant.clientId, row.clientId))
  return [
    db.build.delete(clientRegistration).where(and(eq(clientRegistration.connectionUid, uid), exists(current))),
    db.build.insert(clientRegistration).select(sql`SELECT ${values} FROM ${connection} WHERE ${isCurrent}`),
    db.build.update(oauthGrant).set({ registrationId: row.id }).where(and(ofClient, exists(current))),
  ]
}

/** False if the connection was changed meanwhile. */
export async function putOwnRegistration(db: Database, version: ConnectionVersion, row: ClientRegistrationRow): Promise<boolean> {
  const [, inserted] = await db.writeBatch(replaceOwnRegistration(db, version, row))
  return inserted === 1
}

export type RegistrationBinding = Pick<ClientRegistrationRow, 'issuer' | 'redirectUri' | 'tokenAuthMethod'>

/** To the issuer that it is now used at; never from one issuer to another. */
export async function bindRegistration(db: Database, id: string, binding: RegistrationBinding): Promise<boolean> {
  const isBindable = and(eq(clientRegistration.id, id), inArray(clientRegistration.issuer, ['', binding.issuer]))
  return (await db.write(db.build.update(clientRegistration).set(binding).where(isBindable))) === 1
}
