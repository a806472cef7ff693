// What may be asked about a token before it is minted, and what is answered.
import { z } from 'zod'
import { explainInput } from './explain-view.ts'
import { mintTokenInput } from './token-input.ts'

const question = explainInput.pick({ connectionId: true, method: true, tool: true, arguments: true }).extend({ operation: z.enum(['read', 'write', 'execute']) })

export const previewTokenInput = mintTokenInput.pick({ policy: true, ttl: true }).extend({
  namespace: z.string().min(1).max(300).describe('Whose connections are counted, and tried.'),
  question: question.optional().describe('With it, the answer says whether this would be allowed.'),
})
export type PreviewTokenInput = z.infer<typeof previewTokenInput>

export interface TokenPreview {
  /** One sentence per constraint; any one is enough. */
  may: string[]
  lifetimeSeconds: number
  /** Those of the namespace with which it may do anything, the newest first. */
  connections: { count: number; isMore: boolean; sample: { connectionId: string; name: string }[] }
  decision?: { allowed: boolean; reason: string | null }
}
