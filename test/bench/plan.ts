// How much is measured: enough for a table that means something, or a look in under a minute.

export interface Plan {
  concurrency: number
  cleanRounds: number
  /** For one alternation, however many rounds were clean. */
  alternationMs: number
  warmMs: number
  measureMs: number
  /**
   * Plugboard writes what it counted every two seconds, and with many connections that is work. A segment as
   * long as that pays for one such write, and one before it, not counted, takes the neighbour's off it.
   */
  flushMs: number
  /** Once for each contender, so that nobody is measured before it is compiled. */
  prewarmMs: number
  manyConnections: number
  fewConnections: number
  settleMs: number
  filteredConnections: number
  grants: number
  starts: number
}

export const FULL_PLAN: Plan = {
  concurrency: 16,
  cleanRounds: 8,
  alternationMs: 32_000,
  warmMs: 150,
  measureMs: 600,
  flushMs: 2000,
  prewarmMs: 1200,
  manyConnections: 10_000,
  fewConnections: 1000,
  settleMs: 3000,
  filteredConnections: 100_000,
  grants: 100_000,
  starts: 3,
}

export const QUICK_PLAN: Plan = {
  ...FULL_PLAN,
  cleanRounds: 3,
  alternationMs: 5000,
  warmMs: 100,
  measureMs: 350,
  prewarmMs: 500,
  settleMs: 1000,
  manyConnections: 3000,
  fewConnections: 500,
  filteredConnections: 20_000,
  grants: 20_000,
  starts: 1,
}
