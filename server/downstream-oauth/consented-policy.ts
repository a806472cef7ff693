// From what a person picked to what an app's tokens may do: use it, never change it.
import { z } from 'zod'
import { inputProblem } from '../lib/input-problem.ts'
import { type Constraint, parsePolicy } from '../policy/constraint.ts'
import { nothingPicked, tooManyPicked } from './downstream-errors.ts'

export interface Picked {
  connectionIds: readonly string[]
  /** Also whatever has this, now or later. */
  metadata: { key: string; value: string } | undefined
}

/** A token holds its policy, and has 4096 characters for all that it says. */
const MAX_POLICY_BYTES = 2200

const picked = z.object({
  connectionIds: z.array(z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, 'is not the name of a connection')).max(100, 'are too many'),
  metadata: z.object({ key: z.string().min(1, 'must not be empty').max(200), value: z.string().max(200) }).optional(),
})

/** @throws input.invalid, downstream.nothing_picked, downstream.too_many_picked */
export function consentedPolicy(namespace: string, input: Picked): Constraint[] {
  const parsed = picked.safeParse(input)
  if (!parsed.success) throw inputProblem(parsed.error, input)
  const { connectionIds, metadata } = parsed.data
  const alternatives = [...new Set(connectionIds)].map((connectionId): Record<string, string> => ({ connectionId }))
  if (metadata) alternatives.push({ [metadata.key]: metadata.value })
  if (alternatives.length === 0) throw nothingPicked()
  const policy = [{ namespaces: [namespace], resources: ['connections'], operations: ['read', 'execute'], metadata: alternatives }]
  if (alternatives.length > 100 || Buffer.byteLength(JSON.stringify(policy)) > MAX_POLICY_BYTES) throw tooManyPicked()
  return parsePolicy(policy)
}
