// The one place that speaks to the library: codes, PKCE, client and grant checks of OAuth 2.0 are its work. Its clock is not
// ours, so what ends is judged by our model, and it is told that nothing ever does.
import OAuth2Server from '@node-oauth/oauth2-server'
import { SECOND_MS } from '../lib/units.ts'
import { ACCESS_TOKEN_MS, CODE_MS } from './grant-lifetimes.ts'

export type Client = OAuth2Server.Client
export type AuthorizationCode = OAuth2Server.AuthorizationCode
export type RefreshToken = OAuth2Server.RefreshToken
export type Token = OAuth2Server.Token

/** The last instant there is (ECMA-262 §21.4.1.1). */
export const NEVER = new Date(8.64e15)

/** Public clients all of them. */
export const clientOf = (id: string, redirectUris: string[] = []): Client => ({ id, redirectUris, grants: ['authorization_code', 'refresh_token'] })

type Parameters = Record<string, string>

export interface CodeModel {
  getClient(id: string): Promise<Client | undefined>
  generateAuthorizationCode(): Promise<string>
  saveAuthorizationCode(code: Pick<AuthorizationCode, 'authorizationCode' | 'expiresAt' | 'redirectUri'>, client: Client, user: object): Promise<AuthorizationCode>
  validateRedirectUri(): Promise<boolean>
}

/** Where the browser goes with its new code. */
export async function issueCode(model: CodeModel, user: object, parameters: Parameters): Promise<string> {
  const server = new OAuth2Server({ model: model as unknown as OAuth2Server.AuthorizationCodeModel })
  const request = new OAuth2Server.Request({ method: 'POST', headers: {}, query: {}, body: parameters })
  const response = new OAuth2Server.Response()
  const authorizationCodeLifetime = CODE_MS / SECOND_MS
  await server.authorize(request, response, { authenticateHandler: { handle: () => user }, authorizationCodeLifetime, allowEmptyState: true })
  return String(response.get('location'))
}

export interface TokenModel {
  getClient(id: string): Promise<Client | undefined>
  getAuthorizationCode(code: string): Promise<AuthorizationCode | undefined>
  revokeAuthorizationCode(code: AuthorizationCode): Promise<boolean>
  getRefreshToken(token: string): Promise<RefreshToken | undefined>
  revokeToken(token: RefreshToken): Promise<boolean>
  generateAccessToken(client: Client, user: OAuth2Server.User): Promise<string>
  generateRefreshToken(): Promise<string>
  saveToken(token: Token, client: Client, user: OAuth2Server.User): Promise<Token | undefined>
}

/** The answer's members (RFC 6749 §5.1). @throws OAuthProblem, and what the model throws */
export async function exchangeToken(model: TokenModel, parameters: Parameters): Promise<object> {
  const server = new OAuth2Server({ model: model as unknown as OAuth2Server.AuthorizationCodeModel })
  const headers = { 'content-type': 'application/x-www-form-urlencoded', 'content-length': '1' }
  const request = new OAuth2Server.Request({ method: 'POST', headers, query: {}, body: parameters })
  const response = new OAuth2Server.Response()
  try {
    await server.token(request, response, {
      accessTokenLifetime: ACCESS_TOKEN_MS / SECOND_MS,
      requireClientAuthentication: { authorization_code: false, refresh_token: false },
      alwaysIssueNewRefreshToken: true,
    })
    return response.body as object
  } catch (error) {
    const { inner } = error as { inner?: unknown }
    throw inner === undefined || inner instanceof OAuth2Server.OAuthError ? error : inner
  }
}

/** RFC 8707 §2. The library knows nothing of it. */
export const invalidTarget = () => new OAuth2Server.OAuthError('The resource is not the one that was agreed to.', { name: 'invalid_target', code: 400 })

/** A refusal that a client may hear: its word and sentence (RFC 6749 §5.2). */
export const readProblem = (error: unknown): { word: string; sentence: string } | undefined =>
  error instanceof OAuth2Server.OAuthError && error.code < 500 ? { word: error.name, sentence: error.message } : undefined
