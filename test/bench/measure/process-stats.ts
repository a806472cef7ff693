// What a process and the whole machine have used so far, as Linux counts it (proc(5)).
import { readdirSync, readFileSync } from 'node:fs'

/** USER_HZ is 100 on every platform that Node runs on. */
const TICK_US = 10_000

/** User and system time of all threads, which the scheduler counts in nanoseconds; proc(5)'s own figures are a hundredth of a second coarse. */
export function cpuMicros(pid: number): number {
  let nanoseconds = 0
  for (const thread of readdirSync(`/proc/${pid}/task`)) nanoseconds += Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'latin1').split(' ', 1)[0])
  return nanoseconds / 1000
}

/** Memory of its own, plus its share of what it has in common with others. */
export const proportionalKilobytes = (pid: number): number => Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'latin1'))?.[1])

/** Of all processors together. */
export function machineCpu(): { busyUs: number; totalUs: number } {
  const [user = 0, nice = 0, system = 0, idle = 0, wait = 0, interrupts = 0, softInterrupts = 0, stolen = 0] = readFileSync('/proc/stat', 'latin1')
    .split('\n', 1)[0]!
    .trim()
    .split(/\s+/)
    .slice(1)
    .map(Number)
  const busy = user + nice + system + interrupts + softInterrupts + stolen
  return { busyUs: busy * TICK_US, totalUs: (busy + idle + wait) * TICK_US }
}
