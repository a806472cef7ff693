// One run of the suite, and what it wrote down: per scenario the list of its checks.
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { z } from 'zod'
import { startProcess } from './child-process.ts'
import type { InstalledSuite } from './install-suite.ts'

const checksFile = z.array(
  z.object({
    id: z.string(),
    status: z.enum(['SUCCESS', 'INFO', 'SKIPPED', 'WARNING', 'FAILURE']),
    errorMessage: z.string().optional(),
  }),
)

export type Check = z.infer<typeof checksFile>[number]

export interface SuiteResult {
  /** In the order in which they ran. */
  scenarios: Map<string, Check[]>
  /** Scenarios that ran but do not count for the revision, with the suite's reason. */
  unscored: Map<string, string>
  /** The last of what it printed. */
  output: string
}

/** Runs a command of the suite. A run that hangs is ended after `limitMs`, and what it wrote by then is the result. */
export async function runSuite(suite: InstalledSuite, args: string[], limitMs: number, stop: AbortSignal): Promise<SuiteResult> {
  const results = await mkdtemp(path.join(tmpdir(), 'plugboard-conformance-'))
  try {
    const signal = AbortSignal.any([stop, AbortSignal.timeout(limitMs)])
    const run = startProcess(suite.node, [suite.cli, ...args, '--output-dir', results], { signal })
    await run.exited.catch(() => stop.throwIfAborted())
    return { scenarios: await readResults(results), unscored: readUnscored(run.output()), output: run.output() }
  } finally {
    await rm(results, { recursive: true, force: true })
  }
}

/** Folders are called `<scenario>-<time>`, with `server-` before them for servers; a scenario may be a path. */
async function readResults(folder: string): Promise<Map<string, Check[]>> {
  const found = []
  for (const name of await readdir(folder, { recursive: true })) {
    const match = /^(?:server-)?(.+)-(\d{4}-\d\d-\d\dT[\d-]+Z)$/.exec(name)
    if (!match?.[1] || !match[2]) continue
    // A scenario that crashed, or was cut off, leaves its folder empty.
    const text = await readFile(path.join(folder, name, 'checks.json'), 'utf8').catch(() => '[]')
    const checks = checksFile.parse(JSON.parse(text))
    found.push({ scenario: match[1], ranAt: match[2], checks })
  }
  found.sort((a, b) => (a.ranAt < b.ranAt ? -1 : 1))
  return new Map(found.map(({ scenario, checks }) => [scenario, checks]))
}

/** The suite names them only in its closing words: `  ✗ tasks-lifecycle (extension)`. */
function readUnscored(output: string): Map<string, string> {
  const [, closing = ''] = output.split('Not scored for ')
  const lines = closing.matchAll(/^ {2}[✓✗] (\S+) \((.+)\)$/gmu)
  return new Map([...lines].map(([, scenario = '', reason = '']) => [scenario, reason]))
}
