import { findConnection } from '../../db/queries/connections.ts'
import type { ConnectionRow } from '../../db/schema/connection.ts'
import type { OAuthSetting } from './oauth-setting.ts'

/** What the database says of a connection of the setting. */
export async function findRow({ plugboard }: Pick<OAuthSetting, 'plugboard'>, connectionId = 'wiki'): Promise<ConnectionRow> {
  const stored = await findConnection(plugboard.house.db, { namespace: 'acme', connectionId })
  if (!stored) throw new Error(`There is no ${connectionId}`)
  return stored.connection
}
