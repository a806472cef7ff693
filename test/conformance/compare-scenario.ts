// Is a scenario's result through Plugboard the same as without it? Compared check by check, because a scenario can stay
// "passed" while one of its checks turns into a warning or is no longer made.
import type { Check } from './run-suite.ts'

export type Verdict = 'same' | 'better' | 'worse'

/** From best to worst; a check that was not made at all is the worst. INFO lines are a diary and count for nothing. */
const ranks: Record<Exclude<Check['status'], 'INFO'> | 'MISSING', number> = { SUCCESS: 0, SKIPPED: 1, WARNING: 2, FAILURE: 3, MISSING: 4 }

/** Compares two runs of one scenario; any check that got worse makes the whole scenario worse. */
export function compareScenario(direct: Check[], through: Check[]): Verdict {
  const before = groupRanks(direct)
  const after = groupRanks(through)
  let verdict: Verdict = 'same'
  for (const id of new Set([...before.keys(), ...after.keys()])) {
    const [was, is] = [before.get(id) ?? [], after.get(id) ?? []]
    for (let i = 0; i < Math.max(was.length, is.length); i++) {
      // A check that only the second run makes is judged by itself, not against "missing".
      const change = (is[i] ?? ranks.MISSING) - (was[i] ?? ranks.SUCCESS)
      if (change > 0) return 'worse'
      if (change < 0) verdict = 'better'
    }
  }
  return verdict
}

/** Whether the suite would call this scenario failed. */
export function hasFailure(checks: Check[]): boolean {
  return checks.length === 0 || checks.some((check) => check.status === 'FAILURE')
}

/** The same check may be made several times in a scenario; the order of equal ids says nothing. */
function groupRanks(checks: Check[]): Map<string, number[]> {
  const groups = new Map<string, number[]>()
  for (const { id, status } of checks) {
    if (status !== 'INFO') groups.set(id, [...(groups.get(id) ?? []), ranks[status]].sort((a, b) => b - a))
  }
  return groups
}
