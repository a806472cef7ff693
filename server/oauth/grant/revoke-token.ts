// RFC 7009: what is not needed any more should not work any more.
import { revocationRequest } from 'oauth4webapi'
import type { OAuthClient } from '../client.ts'
import type { OAuthWire } from '../wire.ts'
import { endpointCall, type TokenEndpoint } from './token-endpoint.ts'

/** Whether the server said that the token is gone. §2.2: it says so too of tokens it never knew. Never throws: a deletion goes on without it. */
export async function revokeToken(wire: OAuthWire, server: TokenEndpoint, client: OAuthClient, token: string): Promise<boolean> {
  if (server.revocationEndpoint === undefined) return false
  const { as, client: asClient, authentication, options } = endpointCall(wire, server, client)
  try {
    const response = await revocationRequest(as, asClient, authentication, token, options)
    await response.body?.cancel()
    return response.status === 200
  } catch {
    return false
  }
}
