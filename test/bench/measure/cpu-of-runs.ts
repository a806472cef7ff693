export async function repeat(runs: number, run: () => Promise<unknown>): Promise<void> {
  for (let index = 0; index < runs; index++) await run()
}

/** Of this process, for one run. */
export async function cpuMsOf(runs: number, run: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage()
  await repeat(runs, run)
  const { user, system } = process.cpuUsage(before)
  return (user + system) / runs / 1000
}
