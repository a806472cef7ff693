// RFC 6749 §4.1.1 with PKCE (RFC 7636 §4.3) and the resource indicator (RFC 8707 §2.1): where a browser is sent.
import type { ServerMetadata } from '../discovery/server-metadata.ts'

export interface AuthorizationRequest {
  clientId: string
  redirectUri: string
  oauthState: string
  codeChallenge: string
  /** Undefined for the few servers that refuse the parameter. */
  resource: string | undefined
  scope: string | undefined
  /** Extra parameters from an allow list. They never replace one of ours. */
  extra: Readonly<Record<string, string>>
}

export function authorizationUrl(server: Pick<ServerMetadata, 'authorizationEndpoint'>, request: AuthorizationRequest): URL {
  const url = new URL(server.authorizationEndpoint)
  const own = {
    response_type: 'code',
    client_id: request.clientId,
    redirect_uri: request.redirectUri,
    state: request.oauthState,
    code_challenge: request.codeChallenge,
    code_challenge_method: 'S256',
    resource: request.resource,
    scope: request.scope,
  }
  // Also those that we leave out: an extra `scope` would ask for what nobody agreed to.
  for (const [name, value] of Object.entries(request.extra)) if (!Object.hasOwn(own, name)) url.searchParams.set(name, value)
  for (const [name, value] of Object.entries(own)) {
    if (value !== undefined) url.searchParams.set(name, value)
  }
  // OpenID Connect Core §11: without it a provider may leave the refresh token out.
  if (request.scope?.split(' ').includes('offline_access') && !url.searchParams.has('prompt')) url.searchParams.set('prompt', 'consent')
  return url
}
