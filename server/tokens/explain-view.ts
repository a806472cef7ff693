// What may be asked about a credential, and what is answered.
import { z } from 'zod'
import { tokenId } from './token-input.ts'

const text = z.string().min(1).max(300)

const parseJson = (value: unknown): unknown => {
  if (typeof value !== 'string') return value
  try {
    return JSON.parse(value)
  } catch {
    return value
  }
}

export const explainInput = z.strictObject({
  id: tokenId.optional().describe('A token from the list, for those who may see it; without it, the credential that asks.'),
  operation: z.enum(['read', 'write', 'execute']).optional().describe('With it, the answer says whether this would be allowed.'),
  resource: z.enum(['connections', 'namespaces']).default('connections'),
  namespace: text.optional(),
  connectionId: text.optional(),
  method: text.optional().describe('Of MCP; with `tool` it is tools/call.'),
  tool: text.optional(),
  arguments: z.preprocess(parseJson, z.record(z.string(), z.unknown())).optional().describe('Of the tool; in a query as JSON.'),
})
export type ExplainInput = z.infer<typeof explainInput>

export const explanation = z.object({
  actor: z.object({
    kind: z.enum(['api_key', 'member', 'service_token']),
    id: z.string(),
    mintedBy: z.object({ kind: z.enum(['api_key', 'member']), id: z.string() }).optional(),
    expiresAt: z.iso.datetime().optional(),
  }),
  may: z
    .array(z.object({ anyOf: z.array(z.string()) }))
    .describe('A request has to be within each of these, and is within one if any of its lines covers it.'),
  decision: z.object({ allowed: z.boolean(), reason: z.string().nullable() }).optional(),
})
export type Explanation = z.infer<typeof explanation>
