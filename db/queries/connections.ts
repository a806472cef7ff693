import { and, eq, isNotNull, isNull, sql, type SQLWrapper } from 'drizzle-orm'
import type { Database } from '../database.ts'
import { inChunks } from '../in-chunks.ts'
import { prepareOnce } from '../prepare-once.ts'
import { connection, type ConnectionRow, type JsonObject, type NewConnectionRow, type StoredStatus } from '../schema/connection.ts'
import type { ClientRegistrationRow } from '../schema/client-registration.ts'
import { credential, type CredentialRow } from '../schema/credential.ts'
import { oauthGrant, type OAuthGrantRow } from '../schema/oauth-grant.ts'
import { replaceOwnRegistration } from './client-registrations.ts'
import {
  deleteCredential,
  deleteGrant,
  deleteMetadata,
  insertMetadata,
  upsertCredential,
  type CredentialWrite,
  type MetadataText,
} from './connection-children.ts'
import { tellCreation, tellDeletion, tellStatus } from './webhook-events.ts'

export interface StoredConnection {
  connection: ConnectionRow
  /** As it is sealed. */
  credential: CredentialRow | null
  /** Its tokens as they are sealed. */
  grant: OAuthGrantRow | null
}

const withCredential = (build: Database['build']) =>
  build
    .select({ connection, credential, grant: oauthGrant })
    .from(connection)
    .leftJoin(credential, eq(credential.connectionUid, connection.uid))
    .leftJoin(oauthGrant, eq(oauthGrant.connectionUid, connection.uid))

const byName = prepareOnce((build) =>
  withCredential(build)
    .where(
      and(
        eq(connection.namespace, sql.placeholder('namespace')),
        eq(connection.connectionId, sql.placeholder('connectionId')),
        isNull(connection.deletedAt),
      ),
    )
    .prepare(),
)
const byUid = prepareOnce((build) =>
  withCredential(build)
    .where(and(eq(connection.uid, sql.placeholder('uid')), isNull(connection.deletedAt)))
    .prepare(),
)

export const findConnection = (db: Database, input: { namespace: string; connectionId: string }): Promise<StoredConnection | undefined> =>
  db.read(byName(db).get(input))

/** Also while its deletion can be undone. */
export const findConnectionByUid = (db: Database, input: { uid: string }): Promise<StoredConnection | undefined> =>
  db.read(byUid(db).get(input))

export interface InsertConnectionInput {
  connection: NewConnectionRow
  credential?: CredentialWrite | undefined
  metadataTexts: readonly MetadataText[]
  registration?: ClientRegistrationRow | undefined
}

/** All of its rows or none; false if the id is taken in its namespace. One whose deletion could be undone gives its id up. */
export async function insertConnection(db: Database, input: InsertConnectionInput): Promise<boolean> {
  const { connection: row, credential: sealed, metadataTexts, registration } = input
  const { namespace, connectionId } = row
  const hidden = and(eq(connection.namespace, namespace), eq(connection.connectionId, connectionId), isNotNull(connection.deletedAt))
  const [, , inserted] = await db.writeBatch([
    tellDeletion(db, { when: hidden, at: row.createdAt }),
    db.build.delete(connection).where(hidden),
    db.build.insert(connection).values(row).onConflictDoNothing({ target: [connection.namespace, connection.connectionId] }),
    ...(sealed ? [upsertCredential(db, row, sealed)] : []),
    ...(metadataTexts.length > 0 ? [insertMetadata(db, row, metadataTexts)] : []),
    ...(registration ? replaceOwnRegistration(db, row, registration) : []),
    ...tellCreation(db, { uid: row.uid, status: row.status, at: row.createdAt }),
  ])
  return inserted === 1
}

export interface UpdateConnectionInput {
  uid: string
  expectedRevision: number
  /** The revision moves on by itself, and so does the generation when a credential is set. */
  changes: Partial<Omit<NewConnectionRow, 'uid' | 'organizationId' | 'namespace' | 'connectionId' | 'createdAt' | 'revision'>>
  /** Replaces all of them. */
  metadataTexts?: readonly MetadataText[] | undefined
  /** null removes it. */
  credential?: CredentialWrite | null | undefined
  /** Its own OAuth client, in place of the one it had. */
  registration?: ClientRegistrationRow | undefined
  /** What was granted was for another client, or another way of asking. */
  endsGrant?: boolean | undefined
}

/** False if the connection is gone or was changed meanwhile; then nothing is written. */
export async function updateConnection(db: Database, input: UpdateConnectionInput): Promise<boolean> {
  const { uid, expectedRevision: revision, changes, metadataTexts, credential: sealed, registration, endsGrant } = input
  const version = { uid, revision }
  const children: SQLWrapper[] = []
  if (metadataTexts) children.push(deleteMetadata(db, version), insertMetadata(db, version, metadataTexts))
  if (sealed) children.push(upsertCredential(db, version, sealed))
  if (sealed === null) children.push(deleteCredential(db, version))
  if (endsGrant) children.push(deleteGrant(db, version))
  const swap = db.build
    .update(connection)
    .set({ ...changes, revision: revision + 1, ...(sealed && { credentialGeneration: sealed.generation }) })
    .where(and(eq(connection.uid, uid), eq(connection.revision, revision)))
  if (registration) children.push(...replaceOwnRegistration(db, version, registration))
  // The swap comes last: the statements before it look for the revision that it replaces.
  const changed = await db.writeBatch([...children, swap])
  return changed.at(-1) === 1
}

export interface SetConnectionStatusInput {
  uid: string
  /** Given by whoever judged a certain configuration: its verdict must not land on a later one. */
  expectedRevision?: number | undefined
  status: StoredStatus
  serverInfo?: JsonObject | null | undefined
  protocol?: JsonObject | null | undefined
  at: number
}

/** Leaves the revision alone: a status is an observation, not a change of configuration. */
export async function setConnectionStatus(db: Database, input: SetConnectionStatusInput): Promise<boolean> {
  const { uid, expectedRevision, status, serverInfo, protocol, at } = input
  const target = and(eq(connection.uid, uid), expectedRevision === undefined ? undefined : eq(connection.revision, expectedRevision))
  const [, changed] = await db.writeBatch([
    tellStatus(db, { when: target, status, at }),
    db.build.update(connection).set({ status, serverInfo, protocol, updatedAt: at }).where(target),
  ])
  return changed === 1
}

export interface ConnectionEnd {
  uid: string
  at: number
  /** Given by whoever may end it only as it is. */
  expectedRevision?: number | undefined
}

/** With all that belongs to it. */
export async function deleteConnection(db: Database, { uid, at, expectedRevision }: ConnectionEnd): Promise<boolean> {
  const itself = and(eq(connection.uid, uid), expectedRevision === undefined ? undefined : eq(connection.revision, expectedRevision))
  const [, deleted] = await db.writeBatch([tellDeletion(db, { when: itself, at }), db.build.delete(connection).where(itself)])
  return deleted === 1
}

export const recordConnectionUse = (db: Database, uses: readonly { uid: string; at: number }[]): Promise<void> =>
  inChunks(uses, (chunk) =>
    db.write(sql`
      UPDATE connection SET last_used_at = max(coalesce(last_used_at, 0), used.at)
      FROM (SELECT value ->> 'uid' AS uid, max(value ->> 'at') AS at FROM json_each(${JSON.stringify(chunk)}) GROUP BY 1) AS used
      WHERE connection.uid = used.uid`),
  )
