const DAY_MS = 86_400_000

/** How long a new key can be made to last, in days. */
export const KEY_EXPIRIES: readonly { value: string; label: string; days: number | undefined }[] = [
  { value: '30', label: 'In 30 days', days: 30 },
  { value: '90', label: 'In 90 days', days: 90 },
  { value: '365', label: 'In a year', days: 365 },
  { value: 'never', label: 'Never', days: undefined },
]

export const DEFAULT_EXPIRY = '90'

/** ISO 8601; undefined for a key that never expires. What is none of the choices is taken for the shortest. */
export function expiryOf(value: string, now: number): string | undefined {
  const choice = KEY_EXPIRIES.find((expiry) => expiry.value === value) ?? KEY_EXPIRIES[0]
  return choice?.days === undefined ? undefined : new Date(now + choice.days * DAY_MS).toISOString()
}
