// Whatever happens to the benchmark, nothing that it started stays behind.
import type { ChildProcess } from 'node:child_process'

const running = new Set<ChildProcess>()

export function endWithUs(child: ChildProcess): void {
  running.add(child)
  child.once('exit', () => running.delete(child))
}

/** Of all that run now: what they use is not somebody else's. */
export const startedPids = (): number[] => [...running].flatMap(({ pid }) => pid ?? [])

process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL')
})
for (const [signal, code] of [['SIGINT', 130], ['SIGTERM', 143]] as const) process.once(signal, () => process.exit(code))
