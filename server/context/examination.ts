// What an examination of a connection found: every check with its outcome, and one sentence that says what is wrong.
import { z } from 'zod'

/** In the order in which they are told: the way there, the server, its authorization, and what we hold. */
const CHECKS = [
  'dns',
  'reachable',
  'tls',
  'mcp',
  'resource_metadata',
  'issuer_metadata',
  'client',
  'redirect_uri',
  'scopes',
  'grant',
  'last_refresh',
  'clock',
] as const

/** What a person can do here about it. */
const remedy = z
  .enum(['edit', 'add', 'sign_in', 'check'])
  .describe('edit: change its headers; add: connect another address; sign_in: open the setup link; check: ask again, which renews the token.')

const fact = z.union([z.string(), z.number(), z.boolean(), z.array(z.string())])

export const examinationCheck = z.object({
  check: z.enum(CHECKS),
  outcome: z.enum(['ok', 'warning', 'failed', 'skipped']),
  finding: z.string(),
  fix: z.string().optional(),
  remedy: remedy.optional(),
  facts: z.record(z.string(), fact).describe('May hold what the server said, such as the names of scopes: a stranger’s text.'),
  durationMs: z.number().nullable().describe('Null for what was not asked over the network, or got no answer.'),
})
export type ExaminationCheck = z.infer<typeof examinationCheck>

export const examination = z.object({
  examinedAt: z.iso.datetime(),
  verdict: z.object({
    healthy: z.boolean().describe('No check failed.'),
    sentence: z.string().describe('What is wrong: of the checks that failed, the one that explains the rest.'),
    fix: z.string().optional(),
    remedy: remedy.optional(),
  }),
  checks: z.array(examinationCheck),
})
export type Examination = z.infer<typeof examination>

/** Why a host cannot be reached is for the operator: to a tenant, a blocked one, a closed one and an unknown one read alike. */
export interface ToldExamination {
  toOperator: Examination
  toTenant: Examination
}
