// The filters that are timed. Every namespace of a SaaS has one key that is its user's and some that many share.
export interface Filter {
  name: string
  metadata: Record<string, string>
  limit: number
  /** How many connections the page must hold, or nothing was measured. */
  expected: number
  /** Whether it is to take less than a millisecond; the others show where the time goes. */
  aimed: boolean
}

export const FILTERS: readonly Filter[] = [
  { name: 'no filter, page of 100', metadata: {}, limit: 100, expected: 100, aimed: false },
  { name: 'a rare value (one connection has it)', metadata: { userId: 'user-17777' }, limit: 100, expected: 1, aimed: true },
  { name: 'a common value (half have it), page of 1', metadata: { plan: 'pro' }, limit: 1, expected: 1, aimed: true },
  { name: 'a common value, page of 10', metadata: { plan: 'pro' }, limit: 10, expected: 10, aimed: true },
  // Reading a hundred rows costs this, with or without a filter: see the first line.
  { name: 'a common value, page of 100', metadata: { plan: 'pro' }, limit: 100, expected: 100, aimed: false },
  { name: 'a rare and a common value', metadata: { plan: 'pro', userId: 'user-17777' }, limit: 100, expected: 1, aimed: true },
  { name: 'two common values, page of 10', metadata: { plan: 'pro', region: 'us' }, limit: 10, expected: 10, aimed: true },
  { name: 'two common values that never meet', metadata: { plan: 'free', parity: 'odd' }, limit: 10, expected: 0, aimed: false },
]

export interface FilterCosts {
  name: string
  aimed: boolean
  queryMs: number
  useCaseMs: number
}
