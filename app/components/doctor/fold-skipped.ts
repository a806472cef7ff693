import { CHECK_NAMES } from './check-names.ts'
import type { ExaminationCheck } from './examination-types.ts'

export interface FoldedCheck {
  names: string[]
  check: ExaminationCheck
}

/** Neighbours that were skipped for the same reason say it once. */
export function foldSkipped(checks: readonly ExaminationCheck[]): FoldedCheck[] {
  const folded: FoldedCheck[] = []
  for (const check of checks) {
    const last = folded.at(-1)
    const isSame = check.outcome === 'skipped' && last?.check.outcome === 'skipped' && last.check.finding === check.finding
    if (isSame) last.names.push(CHECK_NAMES[check.check])
    else folded.push({ names: [CHECK_NAMES[check.check]], check })
  }
  return folded
}
