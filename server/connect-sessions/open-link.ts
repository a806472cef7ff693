// What a link in somebody's hands opens: a connect session, or a connection's own setup link.
import { findConnectionByUid } from '../../db/queries/connections.ts'
import { findConnectSessionByToken } from '../../db/queries/connect-sessions.ts'
import type { ConnectionRow } from '../../db/schema/connection.ts'
import type { ConnectSessionRow } from '../../db/schema/connect-session.ts'
import { readSetupLink } from '../connections/authorization/setup-link.ts'
import type { House } from '../context/context.ts'
import { digestOfToken, isSecretToken } from '../identity/secret-token.ts'
import { settingsOf } from '../namespaces/namespace-settings.ts'
import type { Actor } from '../policy/actor.ts'
import { findLinkMinter } from './find-link-minter.ts'
import { connectionOf } from './get-connect-session.ts'

export type OpenLink =
  | { session: ConnectSessionRow; minter: Actor; /** Undefined until it is made. */ connection: ConnectionRow | undefined }
  | { session: undefined; connection: ConnectionRow }

/** `undefined` for what does not work any more. Reads only. */
export const openLink = (house: House, token: string): Promise<OpenLink | undefined> =>
  isSecretToken(token) ? openSession(house, token) : openSetupLink(house, token)

async function openSession(house: House, token: string): Promise<OpenLink | undefined> {
  const session = await findConnectSessionByToken(house.db, digestOfToken(token))
  if (!session || session.outcome !== null || session.codeHash !== null || session.expiresAt <= house.now()) return undefined
  const connection = await connectionOf(house, session)
  if (session.connectionUid !== null && !connection) return undefined
  const minter = await findLinkMinter(house, session, connection)
  return minter && { session, minter, connection }
}

async function openSetupLink(house: House, token: string): Promise<OpenLink | undefined> {
  const link = readSetupLink(house, token)
  const stored = link && (await findConnectionByUid(house.db, { uid: link.connectionUid }))
  if (!stored || stored.connection.credentialGeneration !== link.credentialGeneration) return undefined
  return (await completesItself(house, stored.connection)) ? { session: undefined, connection: stored.connection } : undefined
}

/** Where the backend has the last word, only a session can ask it: a connection's own link could be anybody's. */
export const completesItself = async (house: House, { namespace }: ConnectionRow): Promise<boolean> =>
  (await settingsOf(house, namespace)).completion === 'auto'
