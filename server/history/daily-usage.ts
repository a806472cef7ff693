// What a connection was called for, by tool and day.
import { readConnectionUsage } from '../../db/queries/usage.ts'
import { requireHandle } from '../connections/find-handle.ts'
import type { Context } from '../context/context.ts'
import { invalidInput } from '../lib/app-error.ts'
import { DAY_MS } from '../lib/units.ts'
import { UsageSum } from './usage-report.ts'
import type { DailyUsage, DailyUsageInput } from './daily-usage-view.ts'

/** As long as minutes are kept. */
const MAX_DAYS = 31

/** Days and tools without calls are left out. @throws connection.not_found, input.invalid */
export async function dailyUsage(context: Context, { from, to, ...name }: DailyUsageInput): Promise<DailyUsage> {
  const { row } = await requireHandle(context, name, 'read')
  const lastMs = to === undefined ? Math.floor(context.now() / DAY_MS) * DAY_MS : Date.parse(to)
  const fromMs = from === undefined ? lastMs - 6 * DAY_MS : Date.parse(from)
  if (fromMs > lastMs) throw invalidInput('from', 'must not be after to')
  if (lastMs - fromMs >= MAX_DAYS * DAY_MS) throw invalidInput('from', `must lie within ${MAX_DAYS} days of to`)
  const steps = await readConnectionUsage(context.db, { connectionUid: row.uid, fromMs, toMs: lastMs + DAY_MS, stepMs: DAY_MS })
  const days = steps.map((step) => {
    const sum = new UsageSum()
    sum.add(step)
    return { day: new Date(step.at).toISOString().slice(0, 10), tool: step.tool, ...sum.totals }
  })
  return { days: days.toSorted((one, other) => one.day.localeCompare(other.day) || other.calls - one.calls) }
}
