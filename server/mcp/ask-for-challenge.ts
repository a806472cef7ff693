// What a server wants before it talks to us: the first requests of any conversation without a credential, for the header
// of the 401.
import type { Egress } from '../egress/egress.ts'
import { collectReply, type CollectedReply } from './collect-reply.ts'
import { askToDiscover, INITIALIZE_PARAMS, POST_HEADERS } from './negotiate.ts'

/**
 * The WWW-Authenticate header, if an answer has one. Some servers let anybody `initialize`, and ask who it is afterwards.
 * @throws upstream.*
 */
export async function askForChallenge(egress: Egress, url: URL): Promise<string | undefined> {
  const opened = { url, headers: {} }
  const body = Buffer.from(JSON.stringify({ jsonrpc: '2.0', id: 0, method: 'initialize', params: INITIALIZE_PARAMS }))
  const ask = () => collectReply(egress, { opened, headers: POST_HEADERS, body, id: 0 })
  return challengeIn(await askToDiscover(egress, opened)) ?? challengeIn(await ask())
}

function challengeIn({ status, headers }: CollectedReply): string | undefined {
  const header = status === 401 ? headers['www-authenticate'] : undefined
  return Array.isArray(header) ? header.join(', ') : header
}
