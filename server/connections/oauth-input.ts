// What callers may say about how a connection gets its grant, for servers that need more than they publish.
import { z } from 'zod'

/** RFC 6749 Appendix A.1, A.2: visible ASCII and spaces. */
const VISIBLE = /^[\x20-\x7e]+$/

export const clientId = z.string().trim().min(1, 'is missing').max(1024).regex(VISIBLE, 'may only hold visible ASCII characters')
export const clientSecret = z.string().min(1).max(4096).regex(VISIBLE, 'may only hold visible ASCII characters')

export const oauthClient = z
  .strictObject({
    clientId,
    clientSecret: clientSecret.optional().describe('Write-only: stored sealed, never returned. Left out for a public client.'),
    issuer: z
      .url({ protocol: /^https?$/, error: 'must be an http or https URL' })
      .max(2048)
      .optional()
      .describe('The only authorization server that it is shown to. Left out, it is the one that the MCP server names at the first sign-in.'),
  })
  .describe('A client registered by hand at the authorization server, for servers where Plugboard cannot register by itself.')
export type OAuthClientInput = z.infer<typeof oauthClient>

const ALLOWED = ['prompt', 'login_hint', 'access_type', 'hd', 'domain_hint', 'audience'] as const

/** An allow-list: what protects the flow (state, PKCE, redirect_uri and the like) is never a caller's to choose. */
export const authorizationParams = z
  .partialRecord(z.enum(ALLOWED, { error: `must be one of ${ALLOWED.join(', ')}` }), z.string().min(1).max(500).regex(VISIBLE, 'may only hold visible ASCII characters'))
  .describe('Extra parameters of the authorization request, such as {"access_type": "offline"}.')
