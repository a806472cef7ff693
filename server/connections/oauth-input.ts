// What callers may say about how a connection gets its grant, for servers that need more than they publish.
import { z } from 'zod'
import type { MachineGrant } from '../../db/schema/connection.ts'
import { readPrivateKey } from '../oauth/private-key.ts'

/** RFC 6749 Appendix A.1, A.2: visible ASCII and spaces. */
const VISIBLE = /^[\x20-\x7e]+$/

export const clientId = z.string().trim().min(1, 'is missing').max(1024).regex(VISIBLE, 'may only hold visible ASCII characters')
export const clientSecret = z.string().min(1).max(4096).regex(VISIBLE, 'may only hold visible ASCII characters')

const issuer = z.url({ protocol: /^https?$/, error: 'must be an http or https URL' }).max(2048)
/** RFC 7515 §7.1: three parts of base64url. */
const jwt = z.string().max(16_384).regex(/^[\w-]+\.[\w-]+\.[\w-]+$/, 'is not a signed JWT')

export const privateKey = z
  .union([z.string().max(16_384), z.record(z.string(), z.json())], { error: 'must be PEM or a JWK' })
  .refine((key) => readPrivateKey(key) !== undefined, 'must be a private key: P-256, or RSA of at least 2048 bits, in PEM or as a JWK')

const identity = z
  .strictObject({
    issuer: issuer.describe('The identity provider of the organization.'),
    clientId: clientId.describe('The client there for which the ID token was issued.'),
    clientSecret: clientSecret.optional(),
    idToken: jwt.describe('Whom the connection acts for. When it ends, the status asks for a new one.'),
  })
  .describe('Enterprise-managed authorization: the identity provider exchanges the ID token for an assertion (RFC 8693).')

export const oauthClient = z
  .strictObject({
    clientId,
    clientSecret: clientSecret.optional().describe('Write-only: stored sealed, never returned. Left out for a public client.'),
    tokenAuthMethod: z
      .enum(['client_secret_basic', 'client_secret_post'])
      .optional()
      .describe('How the secret is sent. Left out, the way that the server offers, Basic first.'),
    privateKey: privateKey.optional().describe('In place of a secret (private_key_jwt). Write-only, too.'),
    issuer: issuer
      .optional()
      .describe('The only authorization server that it is shown to. Left out, it is the one that the MCP server names at the first sign-in.'),
    grant: z
      .enum(['authorization_code', 'client_credentials', 'jwt_bearer'])
      .optional()
      .describe(
        'How a token is got: a person signs in (authorization_code, the default); the client asks in its own name (client_credentials); or for whom an assertion names (jwt_bearer, with `assertion` or `identity`). The last two need no person.',
      ),
    assertion: jwt.optional().describe('With jwt_bearer: the signed identity of a workload (RFC 7523). Write-only.'),
    identity: identity.optional(),
  })
  .superRefine(({ grant, clientSecret: secret, tokenAuthMethod, privateKey: key, assertion, identity: person }, context) => {
    const refuse = (field: string, message: string) => context.addIssue({ code: 'custom', path: [field], message })
    if (secret !== undefined && key !== undefined) refuse('privateKey', 'cannot be given beside clientSecret')
    if (secret === undefined && tokenAuthMethod !== undefined) refuse('tokenAuthMethod', 'is for a clientSecret alone')
    if (grant === 'client_credentials' && secret === undefined && key === undefined) refuse('clientSecret', 'is needed for client_credentials, or a privateKey')
    if (grant === 'jwt_bearer' && (assertion === undefined) === (person === undefined)) refuse('assertion', 'is needed for jwt_bearer, or an identity, not both')
    if (grant !== 'jwt_bearer' && assertion !== undefined) refuse('assertion', 'is for jwt_bearer alone')
    if (grant !== 'jwt_bearer' && person !== undefined) refuse('identity', 'is for jwt_bearer alone')
  })
  .describe('A client registered by hand at the authorization server, for servers where Plugboard cannot register by itself, or that need no person.')
export type OAuthClientInput = z.infer<typeof oauthClient>

/** Null: a person signs in with this client. */
export const machineGrantOf = ({ grant }: OAuthClientInput): MachineGrant | null => (grant === undefined || grant === 'authorization_code' ? null : grant)

const ALLOWED = ['prompt', 'login_hint', 'access_type', 'hd', 'domain_hint', 'audience'] as const

/** An allow-list: what protects the flow (state, PKCE, redirect_uri and the like) is never a caller's to choose. */
export const authorizationParams = z
  .partialRecord(z.enum(ALLOWED, { error: `must be one of ${ALLOWED.join(', ')}` }), z.string().min(1).max(500).regex(VISIBLE, 'may only hold visible ASCII characters'))
  .describe('Extra parameters of the authorization request, such as {"access_type": "offline"}.')
