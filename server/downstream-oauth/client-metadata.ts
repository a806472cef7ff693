// What an MCP client says of itself (RFC 7591 §2), when it registers or in a document at its address. Nobody checked any of it.
import { z } from 'zod'

/** What is not understood is ignored (RFC 7591 §2). */
export const clientMetadata = z.object({
  redirect_uris: z.array(z.string()).min(1),
  client_name: z.string().optional(),
  grant_types: z.array(z.string()).optional(),
  response_types: z.array(z.string()).optional(),
})

export const GRANT_TYPES = ['authorization_code', 'refresh_token']

/** Whether it signs in as clients do here. What it leaves out means that (RFC 7591 §2). */
export const usesCodes = ({ grant_types: grants, response_types: responses }: z.infer<typeof clientMetadata>): boolean =>
  (!grants || grants.includes('authorization_code')) && (!responses || responses.includes('code'))

/** Shown to people before they agree: one line, without what turns or hides text (Unicode categories C and Z). */
export const shownName = (name: string | undefined): string =>
  (name ?? '').replace(/[\p{C}\p{Z}]+/gu, ' ').trim().slice(0, 60).replace(/\p{Surrogate}/gu, '').trim() || 'An app without a name'
