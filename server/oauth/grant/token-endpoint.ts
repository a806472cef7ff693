// RFC 6749 §3.2: how a client shows itself at an endpoint, for every grant and for revocation alike.
import { type AuthorizationServer, type Client, type ClientAuth, ClientSecretPost, None, PrivateKeyJwt, allowInsecureRequests, customFetch } from 'oauth4webapi'
import type { OAuthClient } from '../client.ts'
import type { ServerMetadata } from '../discovery/server-metadata.ts'
import { tokenUnavailable } from '../oauth-errors.ts'
import { importPrivateKey } from '../private-key.ts'
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

function authenticationOf({ clientSecret, privateKey, tokenAuthMethod }: OAuthClient): ClientAuth {
  if (tokenAuthMethod === 'private_key_jwt' && privateKey !== undefined) return signedAuthentication(privateKey)
  if (clientSecret === undefined || tokenAuthMethod === 'none') return None()
  return tokenAuthMethod === 'client_secret_post' ? ClientSecretPost(clientSecret) : basicAuthentication(clientSecret)
}

/** RFC 7523 §2.2; the audience is the issuer, so that the assertion is of no use anywhere else. */
const signedAuthentication =
  (privateKey: string): ClientAuth =>
  async (...request) =>
    PrivateKeyJwt(await importPrivateKey(privateKey))(...request)

/**
 * RFC 6749 §2.3.1 with Appendix B: form encoding, which leaves `*-._` alone. The library escapes those too; servers that do
 * not decode at all would then not know a client by the commonest of ids.
 */
const basicAuthentication =
  (clientSecret: string): ClientAuth =>
  (_as, client, _body, headers) => {
    const pair = `${formEncode(client.client_id)}:${formEncode(clientSecret)}`
    headers.set('authorization', `Basic ${Buffer.from(pair).toString('base64')}`)
  }

const formEncode = (text: string): string => new URLSearchParams([['', text]]).toString().slice(1)

/** What keeps the request from being answered is an outage; the grant is not touched by it. */
export const orUnavailable = (request: Promise<Response>): Promise<Response> =>
  request.catch((cause: unknown) => {
    throw tokenUnavailable(undefined, cause)
  })
