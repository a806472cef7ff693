// RFC 6749 §3.2: how a client shows itself at an endpoint, for every grant and for revocation alike.
import { type AuthorizationServer, type Client, type ClientAuth, ClientSecretBasic, ClientSecretPost, None, allowInsecureRequests, customFetch } from 'oauth4webapi'
import type { OAuthClient } from '../client.ts'
import type { ServerMetadata } from '../discovery/server-metadata.ts'
import { tokenUnavailable } from '../oauth-errors.ts'
import { fetchOver, type OAuthWire } from '../wire.ts'

/** Pinned when the grant was made: a refresh goes here and nowhere that a later document names. */
export type TokenEndpoint = Pick<ServerMetadata, 'issuer' | 'tokenEndpoint' | 'revocationEndpoint'>

interface EndpointCall {
  as: AuthorizationServer
  client: Client
  authentication: ClientAuth
  options: { [customFetch]: ReturnType<typeof fetchOver>; [allowInsecureRequests]: true }
}

export const endpointCall = (wire: OAuthWire, server: TokenEndpoint, client: OAuthClient): EndpointCall => ({
  as: { issuer: server.issuer, token_endpoint: server.tokenEndpoint, ...(server.revocationEndpoint && { revocation_endpoint: server.revocationEndpoint }) },
  client: { client_id: client.clientId },
  authentication: authenticationOf(client),
  // Whether http is allowed was decided when the metadata was read.
  options: { [customFetch]: fetchOver(wire), [allowInsecureRequests]: true },
})

function authenticationOf({ clientSecret, tokenAuthMethod }: OAuthClient): ClientAuth {
  if (clientSecret === undefined || tokenAuthMethod === 'none') return None()
  return tokenAuthMethod === 'client_secret_post' ? ClientSecretPost(clientSecret) : ClientSecretBasic(clientSecret)
}

/** What keeps the request from being answered is an outage; the grant is not touched by it. */
export const orUnavailable = (request: Promise<Response>): Promise<Response> =>
  request.catch((cause: unknown) => {
    throw tokenUnavailable(undefined, cause)
  })
