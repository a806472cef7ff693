// A real authorization server that nobody here wrote (oidc-provider), on loopback: dynamic registration, PKCE, resource
// indicators, `iss`, rotating refresh tokens, revocation, and its own pages for signing in and consent.
import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import Provider, { type ClientMetadata, type Configuration } from 'oidc-provider'

export interface OAuthProvider {
  issuer: string
  /** Requests so far, as `METHOD /path`. */
  requests: string[]
  /** The account and scope behind an access token, if it is good for this resource now. */
  introspect(token: string, resource: string): Promise<{ account: string; scope: string } | undefined>
  /** Forgets every grant, as an administrator there would. */
  revokeAllGrants(): Promise<void>
  /** Forgets the access tokens alone: the refresh tokens stay good. */
  revokeAccessTokens(): Promise<void>
  /** From now on what it answers to every token request, until it is undefined. */
  setRefusal(error: string | undefined): void
  provider: Provider
  close(): Promise<void>
}

export interface OAuthProviderOptions {
  /** Seconds that an access token lives. */
  accessTokenSeconds?: number
  configure?: (configuration: Configuration) => Configuration
  /** False: it registers whoever knows where, as its administrator would, and does not say so. */
  offersRegistration?: boolean
  /** Clients that ask in their own name. */
  machines?: ClientMetadata[]
}

export async function startOAuthProvider(options: OAuthProviderOptions = {}): Promise<OAuthProvider> {
  const { accessTokenSeconds = 3600, configure = (same) => same, offersRegistration = true, machines = [] } = options
  const requests: string[] = []
  let refusal: string | undefined
  let handle: (request: IncomingMessage, response: Parameters<ReturnType<Provider['callback']>>[1]) => unknown = () => undefined
  const server = createServer((request, response) => {
    const seen = `${request.method} ${request.url?.split('?')[0]}`
    requests.push(seen)
    if (refusal !== undefined && seen === 'POST /token') {
      return void response.writeHead(401, { 'content-type': 'application/json' }).end(JSON.stringify({ error: refusal }))
    }
    void handle(request, response)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const provider = new Provider(
    issuer,
    configure({
      cookies: { keys: ['a key for tests'] },
      features: {
        devInteractions: { enabled: true },
        registration: { enabled: true },
        revocation: { enabled: true },
        clientCredentials: { enabled: machines.length > 0 },
        resourceIndicators: {
          enabled: true,
          getResourceServerInfo: () => ({ scope: 'mcp:read mcp:write', accessTokenFormat: 'opaque', accessTokenTTL: accessTokenSeconds }),
          useGrantedResource: () => true,
        },
      },
      clients: machines.map((machine) => ({ grant_types: ['client_credentials'], redirect_uris: [], response_types: [], ...machine })),
      scopes: ['openid', 'offline_access', 'mcp:read', 'mcp:write'],
      clientDefaults: { token_endpoint_auth_method: 'none', id_token_signed_response_alg: 'RS256' },
      responseTypes: ['code'],
      pkce: { required: () => true },
      rotateRefreshToken: true,
      issueRefreshToken: async () => true,
    }),
  )
  grantIdsOf(provider)
  const issued: { destroy(): Promise<void> }[] = []
  provider.on('access_token.saved', (token) => void issued.push(token))
  provider.on('client_credentials.saved', (token) => void issued.push(token))
  if (!offersRegistration) {
    provider.use(async (context, next) => {
      await next()
      if (context.path.includes('/.well-known/')) delete (context.body as { registration_endpoint?: string }).registration_endpoint
    })
  }
  handle = provider.callback()
  return {
    issuer,
    requests,
    provider,
    setRefusal: (error) => void (refusal = error),
    async introspect(token, resource) {
      const found = (await provider.AccessToken.find(token)) ?? (await provider.ClientCredentials.find(token))
      const isGood = found && !found.isExpired && [found.aud].flat().includes(resource)
      return isGood ? { account: 'accountId' in found ? String(found.accountId) : String(found.clientId), scope: found.scope ?? '' } : undefined
    },
    async revokeAllGrants() {
      for (const grantId of grantIdsOf(provider)) {
        await Promise.all([provider.AccessToken, provider.RefreshToken].map((model) => model.revokeByGrantId(grantId)))
      }
    },
    async revokeAccessTokens() {
      await Promise.all(issued.splice(0).map((token) => token.destroy()))
    },
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

const seen = new WeakMap<Provider, Set<string>>()

/** oidc-provider says so whenever it grants. */
function grantIdsOf(provider: Provider): Set<string> {
  const known = seen.get(provider)
  if (known) return known
  const grants = new Set<string>()
  provider.on('grant.success', (context) => {
    const id = context.oidc.entities.Grant?.jti
    if (id) grants.add(id)
  })
  seen.set(provider, grants)
  return grants
}
