import type { OAuthGrantRow } from '../../../db/schema/oauth-grant.ts'
import type { House } from '../../context/context.ts'
import { clientOfGrant } from './find-client.ts'
import { giveBackGrant } from './give-back-grant.ts'

export interface LeavingGrant {
  grant: OAuthGrantRow
  mcpUrl: string
}

/**
 * Of connections that are about to be deleted: afterwards nothing would be left to give their grants back with. Once they are
 * gone, the function does it, and says how many of them the authorization servers took.
 */
export async function prepareReturns(house: House, leaving: readonly LeavingGrant[]): Promise<() => Promise<number>> {
  const returns = await Promise.all(leaving.map(async ({ grant, mcpUrl }) => ({ grant, mcpUrl, client: await clientOfGrant(house, grant) })))
  return async () => (await Promise.all(returns.map((each) => giveBackGrant(house, each)))).filter(Boolean).length
}
