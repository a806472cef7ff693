// What a process and the whole machine have used so far, as Linux counts it (proc(5)).
import { readFileSync } from 'node:fs'

/** USER_HZ is 100 on every platform that Node runs on. */
const TICK_US = 10_000

/** User and system time of all threads. */
export function cpuMicros(pid: number): number {
  const text = readFileSync(`/proc/${pid}/stat`, 'latin1')
  // The second field is the program's name and may hold spaces; utime and stime are fields 14 and 15.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) * TICK_US
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
