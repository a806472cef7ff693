// What a server wants before it talks to us: an initialize without a credential, for the header of its 401.
import type { Egress } from '../egress/egress.ts'
import { collectReply } from './collect-reply.ts'
import { INITIALIZE_PARAMS, POST_HEADERS } from './negotiate.ts'

/** The WWW-Authenticate header, if the answer has one. @throws upstream.* */
export async function askForChallenge(egress: Egress, url: URL): Promise<string | undefined> {
  const body = Buffer.from(JSON.stringify({ jsonrpc: '2.0', id: 0, method: 'initialize', params: INITIALIZE_PARAMS }))
  const { headers } = await collectReply(egress, { opened: { url, headers: {} }, headers: POST_HEADERS, body, id: 0 })
  const header = headers['www-authenticate']
  return Array.isArray(header) ? header.join(', ') : header
}
