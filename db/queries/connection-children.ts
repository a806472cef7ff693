// The rows that are written together with a connection. Each statement takes effect only while the
// connection has the expected revision, so that a batch whose compare-and-swap loses writes nothing at all.
import { and, eq, exists, sql, type SQLWrapper } from 'drizzle-orm'
import type { Database } from '../database.ts'
import { connectionMetadata } from '../schema/connection-metadata.ts'
import { connection } from '../schema/connection.ts'
import { credential, type CredentialRow } from '../schema/credential.ts'
import { oauthGrant } from '../schema/oauth-grant.ts'

/** What filters can match of one key of the metadata. */
export interface MetadataText {
  key: string
  value: string
}

/** The rest of the row is the connection's. */
export type CredentialWrite = Omit<CredentialRow, 'connectionUid' | 'organizationId'>

export interface ConnectionVersion {
  uid: string
  revision: number
}

const isAt = ({ uid, revision }: ConnectionVersion) => and(eq(connection.uid, uid), eq(connection.revision, revision))

export function insertMetadata(db: Database, version: ConnectionVersion, texts: readonly MetadataText[]): SQLWrapper {
  // In the order of the table's columns.
  return db.build.insert(connectionMetadata).select(sql`
    SELECT ${connection.namespace}, entry.value ->> 'key', entry.value ->> 'value', ${connection.createdAt}, ${connection.uid}
    FROM ${connection}, json_each(${JSON.stringify(texts)}) AS entry WHERE ${isAt(version)}`)
}

export function deleteMetadata(db: Database, version: ConnectionVersion): SQLWrapper {
  const current = db.build.select({ uid: connection.uid }).from(connection).where(isAt(version))
  return db.build.delete(connectionMetadata).where(and(eq(connectionMetadata.connectionUid, version.uid), exists(current)))
}

/** Sets the connection's one credential, whether or not it has one. */
export function upsertCredential(db: Database, version: ConnectionVersion, write: CredentialWrite): SQLWrapper {
  const { generation, kind, sealed, createdAt, updatedAt } = write
  return db.build
    .insert(credential)
    .select(sql`
      SELECT ${connection.uid}, ${connection.organizationId}, ${generation}, ${kind}, ${sealed}, ${createdAt}, ${updatedAt}
      FROM ${connection} WHERE ${isAt(version)}`)
    .onConflictDoUpdate({ target: credential.connectionUid, set: { generation, kind, sealed, createdAt, updatedAt } })
}

export function deleteCredential(db: Database, version: ConnectionVersion): SQLWrapper {
  const current = db.build.select({ uid: connection.uid }).from(connection).where(isAt(version))
  return db.build.delete(credential).where(and(eq(credential.connectionUid, version.uid), exists(current)))
}

export function deleteGrant(db: Database, version: ConnectionVersion): SQLWrapper {
  const current = db.build.select({ uid: connection.uid }).from(connection).where(isAt(version))
  return db.build.delete(oauthGrant).where(and(eq(oauthGrant.connectionUid, version.uid), exists(current)))
}
