import { and, eq } from 'drizzle-orm'
import type { Database } from '../database.ts'
import { allowedOrigin } from '../schema/allowed-origin.ts'

export interface AllowedOriginQuery {
  origin: string
  /** In this namespace; in any, if it is left out. */
  namespace?: string | undefined
  /** Of this organization; of any, if it is left out. */
  organizationId?: string | undefined
}

export async function isOriginAllowed(db: Database, { origin, namespace, organizationId }: AllowedOriginQuery): Promise<boolean> {
  const listed = and(
    eq(allowedOrigin.origin, origin),
    organizationId === undefined ? undefined : eq(allowedOrigin.organizationId, organizationId),
    namespace === undefined ? undefined : eq(allowedOrigin.namespace, namespace),
  )
  return (await db.read(db.build.select({ origin: allowedOrigin.origin }).from(allowedOrigin).where(listed).limit(1).get())) !== undefined
}
