// A grant for every connection of a namespace, as a consent would store it: due at a time that the caller says.
import { eq } from 'drizzle-orm'
import { connection } from '../../../db/schema/connection.ts'
import { oauthGrant, type OAuthGrantRow } from '../../../db/schema/oauth-grant.ts'
import { sealAccessToken, sealRefreshToken } from '../../../server/connections/authorization/grant-secrets.ts'
import type { House } from '../../../server/context/context.ts'
import { newId } from '../../../server/lib/ids.ts'

const ROWS_PER_STATEMENT = 200
const ISSUER = { issuer: 'https://login.example.com', tokenEndpoint: 'https://login.example.com/token', clientId: 'client' }

export async function insertGrants(house: House, namespace: string, refreshAt: (index: number) => number): Promise<void> {
  const { db, vault } = house
  const columns = { uid: connection.uid, organizationId: connection.organizationId, destination: connection.mcpUrl }
  const connections = await db.read(db.build.select(columns).from(connection).where(eq(connection.namespace, namespace)))
  const at = house.now()
  const rows = connections.map(({ uid, organizationId, destination }, index): OAuthGrantRow => {
    const name = { organizationId, connectionUid: uid, generation: 1 }
    return {
      ...name,
      ...ISSUER,
      grantId: newId('gra'),
      revocationEndpoint: null,
      registrationId: null,
      resource: destination,
      scope: null,
      wantedScope: null,
      accessSealed: sealAccessToken(vault, name, { destination, token: `access-${index}` }),
      refreshSealed: sealRefreshToken(vault, name, { ...ISSUER, token: `refresh-${index}` }),
      expiresAt: refreshAt(index),
      refreshAt: refreshAt(index),
      leaseOwner: null,
      leaseUntil: null,
      attemptAt: null,
      failures: 0,
      grantedAt: at,
      updatedAt: at,
    }
  })
  for (let from = 0; from < rows.length; from += ROWS_PER_STATEMENT) {
    await db.write(db.build.insert(oauthGrant).values(rows.slice(from, from + ROWS_PER_STATEMENT)))
  }
}
