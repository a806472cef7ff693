import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../lib/units.ts'

const UNITS = [
  ['day', DAY_MS],
  ['hour', HOUR_MS],
  ['minute', MINUTE_MS],
  ['second', SECOND_MS],
] as const

/** `5 minutes`, in the largest unit of which there is at least one. */
export function spanOf(ms: number): string {
  const [unit, size] = UNITS.find(([, each]) => Math.abs(ms) >= each) ?? UNITS[3]
  const count = Math.floor(Math.abs(ms) / size)
  return `${count} ${unit}${count === 1 ? '' : 's'}`
}
