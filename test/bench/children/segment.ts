// What the load generator is asked to do, and what it answers.

export interface Segment {
  port: number
  /** The whole request, with the gaps of `request-template.ts`. */
  template: string
  /** Spread over so many connections, round robin. */
  connections: number
  concurrency: number
  /** Not counted. */
  warmMs: number
  measureMs: number
  /** After each answer; without it none. */
  pauseMs?: number
  /** Ends earlier, after so many calls. */
  maxCalls?: number
  /** Whose CPU is the cost of a call; none for the upstream alone. */
  targetPid: number | undefined
  /** All processes of the benchmark, the idle ones too. */
  ourPids: readonly number[]
}

export interface SegmentResult {
  calls: number
  callsPerSecond: number
  p50Us: number
  p99Us: number
  /** Of the target process, kernel time included. */
  cpuUsPerCall: number
  /** The part of the machine that went to processes that are not ours. */
  foreignShare: number
}
