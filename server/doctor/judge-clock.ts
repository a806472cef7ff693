// Tokens end by two clocks: theirs and ours.
import type { ExaminationCheck } from '../context/examination.ts'
import { MINUTE_MS, SECOND_MS } from '../lib/units.ts'
import type { Evidence } from './evidence.ts'
import { found, skipped } from './finding.ts'
import { spanOf } from './span-of.ts'

const TOLERATED_MS = MINUTE_MS

export function judgeClock({ heads, connection }: Evidence): ExaminationCheck {
  const { origin } = new URL(connection.mcpUrl)
  const leads = heads.flatMap(({ dateMs, seenAtMs, origin: from }) => (dateMs === undefined ? [] : [{ leadMs: dateMs - seenAtMs, from }]))
  const [widest] = leads.toSorted((left, right) => Math.abs(right.leadMs) - Math.abs(left.leadMs))
  if (!widest) return skipped('clock', 'No answer said what time it is.')
  const { leadMs, from } = widest
  const facts = { secondsAhead: Math.round(leadMs / SECOND_MS) }
  if (Math.abs(leadMs) <= TOLERATED_MS) return found('clock', 'ok', 'Its clock and ours agree.', { facts })
  const whose = from === origin ? 'MCP' : 'authorization'
  return found('clock', 'warning', `The clock of the ${whose} server is ${spanOf(leadMs)} ${leadMs > 0 ? 'ahead of' : 'behind'} ours.`, {
    fix: 'Set the one that is wrong: tokens end by these clocks.',
    facts,
  })
}
