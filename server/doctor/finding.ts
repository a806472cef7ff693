import type { ExaminationCheck } from '../context/examination.ts'

type Name = ExaminationCheck['check']
type More = Partial<Pick<ExaminationCheck, 'fix' | 'remedy' | 'facts' | 'durationMs'>>

/** What one check says. Its words are ours; what a stranger said has its place in `facts`. */
export const found = (check: Name, outcome: ExaminationCheck['outcome'], finding: string, more: More = {}): ExaminationCheck => ({
  check,
  outcome,
  finding,
  facts: {},
  durationMs: null,
  ...more,
})

export const skipped = (check: Name, why: string): ExaminationCheck => found(check, 'skipped', why)

/** Several that have nothing to say for the same reason. */
export const allSkipped = (checks: readonly Name[], why: string): ExaminationCheck[] => checks.map((check) => skipped(check, why))
