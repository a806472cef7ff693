// Who we are at one issuer. A registration is made for an issuer and a redirect URI, and is never shown to
// another issuer (MCP 2026-07-28 authorization, Client Registration).

export type TokenAuthMethod = 'none' | 'client_secret_basic' | 'client_secret_post' | 'private_key_jwt'

export interface OAuthClient {
  clientId: string
  /** Undefined for a public client, and for one with a key. */
  clientSecret: string | undefined
  /** Of `private_key_jwt` alone: a private JWK in JSON. */
  privateKey?: string | undefined
  tokenAuthMethod: TokenAuthMethod
}

const SECRET_METHODS: readonly TokenAuthMethod[] = ['client_secret_basic', 'client_secret_post']

/** RFC 6749 §2.3.1: Basic is the one that every server must take; the other only where Basic is not offered. */
export function chooseAuthMethod(clientSecret: string | undefined, offered: readonly string[]): TokenAuthMethod {
  if (clientSecret === undefined) return 'none'
  return SECRET_METHODS.find((method) => offered.includes(method)) ?? 'client_secret_basic'
}
