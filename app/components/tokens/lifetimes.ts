/** How long a new token can be made to last; any other time goes by the API. */
export const LIFETIMES = [
  { value: '15m', label: '15 minutes' },
  { value: '1h', label: '1 hour' },
  { value: '8h', label: '8 hours' },
  { value: '1d', label: '1 day' },
] as const

export const DEFAULT_LIFETIME = '1h'
