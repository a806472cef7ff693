// Sealed columns as a walk sees them that seals each value again under a newer data key.
import { and, asc, eq, gt, isNotNull } from 'drizzle-orm'
import type { SQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core'
import type { Database } from '../database.ts'
import { authorizationRequest } from '../schema/authorization-request.ts'
import { clientRegistration } from '../schema/client-registration.ts'
import { connectSession } from '../schema/connect-session.ts'
import { heldGrant } from '../schema/held-grant.ts'
import { oauthGrant } from '../schema/oauth-grant.ts'
import { webhookEndpoint } from '../schema/webhook-endpoint.ts'

interface SealedColumn {
  table: SQLiteTable
  id: SQLiteColumn
  organizationId: SQLiteColumn
  sealed: SQLiteColumn
  /** Where the next secret is written over this one. */
  generation?: SQLiteColumn
  /** The member of a row that holds it. */
  member: string
}

const ofGrant = { table: oauthGrant, id: oauthGrant.connectionUid, organizationId: oauthGrant.organizationId, generation: oauthGrant.generation }

const columns = {
  access: { ...ofGrant, sealed: oauthGrant.accessSealed, member: 'accessSealed' },
  refresh: { ...ofGrant, sealed: oauthGrant.refreshSealed, member: 'refreshSealed' },
  clientSecret: {
    table: clientRegistration,
    id: clientRegistration.id,
    organizationId: clientRegistration.organizationId,
    sealed: clientRegistration.secretSealed,
    member: 'secretSealed',
  },
  assertion: {
    table: clientRegistration,
    id: clientRegistration.id,
    organizationId: clientRegistration.organizationId,
    sealed: clientRegistration.assertionSealed,
    member: 'assertionSealed',
  },
  verifier: {
    table: authorizationRequest,
    id: authorizationRequest.id,
    organizationId: authorizationRequest.organizationId,
    sealed: authorizationRequest.verifierSealed,
    member: 'verifierSealed',
  },
  draft: { table: connectSession, id: connectSession.id, organizationId: connectSession.organizationId, sealed: connectSession.draftSealed, member: 'draftSealed' },
  held: { table: heldGrant, id: heldGrant.connectSessionId, organizationId: heldGrant.organizationId, sealed: heldGrant.sealed, member: 'sealed' },
  webhookSecret: {
    table: webhookEndpoint,
    id: webhookEndpoint.id,
    organizationId: webhookEndpoint.organizationId,
    sealed: webhookEndpoint.secretSealed,
    generation: webhookEndpoint.secretGeneration,
    member: 'secretSealed',
  },
} as const satisfies Record<string, SealedColumn>

export type SealedColumnName = keyof typeof columns

export interface SealedText {
  id: string
  organizationId: string
  /** 1 for a row whose secret never changes. */
  generation: number
  sealed: string
}

/** In the order of their ids. Expired rows, too: a value that nobody can open any more would keep an old key alive. */
export async function listSealed(db: Database, name: SealedColumnName, input: { afterId: string; limit: number }): Promise<SealedText[]> {
  const { table, id, organizationId, sealed, generation }: SealedColumn = columns[name]
  const shown = { id, organizationId, sealed, ...(generation && { generation }) }
  const wanted = and(isNotNull(sealed), gt(id, input.afterId))
  const rows = await db.read(db.build.select(shown).from(table).where(wanted).orderBy(asc(id)).limit(input.limit))
  return rows.map((row) => ({ generation: 1, ...(row as Omit<SealedText, 'generation'>) }))
}

/** Same secret, sealed anew. False if it was replaced or removed meanwhile. */
export async function replaceSealedText(
  db: Database,
  name: SealedColumnName,
  input: { id: string; sealed: string; expectedSealed: string },
): Promise<boolean> {
  const { table, id, sealed, member }: SealedColumn = columns[name]
  const isUnchanged = and(eq(id, input.id), eq(sealed, input.expectedSealed))
  return (await db.write(db.build.update(table).set({ [member]: input.sealed }).where(isUnchanged))) === 1
}
