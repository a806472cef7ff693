// Moments in words. Fixed to English and UTC, so that server and browser write the same.
const UNITS = [
  ['y', 365 * 86_400],
  ['mo', 30 * 86_400],
  ['d', 86_400],
  ['h', 3_600],
  ['min', 60],
] as const

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** `just now`, `5 min ago`, `in 3 h`. */
export function formatRelative(at: number, now: number): string {
  const seconds = Math.abs(at - now) / 1_000
  const unit = UNITS.find(([, size]) => seconds >= size)
  if (!unit) return at > now ? 'in under 1 min' : 'just now'
  const amount = `${Math.floor(seconds / unit[1])} ${unit[0]}`
  return at > now ? `in ${amount}` : `${amount} ago`
}

/** `22 Nov 2026, 18:47:05 UTC`. */
export function formatAbsolute(at: string): string {
  const date = new Date(at)
  const day = `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()] ?? ''} ${date.getUTCFullYear()}`
  return `${day}, ${date.toISOString().slice(11, 19)} UTC`
}
