// `npm run conformance`: the official suite's server scenarios against our fixture, directly and through Plugboard. The promise
// is that nothing changes on the way. `-- --stand-in` puts a bare proxy in Plugboard's place, to try the comparison itself.
import { parseArgs } from 'node:util'
import { startConformanceServer } from '../fixtures/conformance-server/start-conformance-server.ts'
import { compareScenario, hasFailure } from './compare-scenario.ts'
import { formatTable, type ScenarioRow } from './format-table.ts'
import { installSuite, type InstalledSuite } from './install-suite.ts'
import { runSuite, type SuiteResult } from './run-suite.ts'
import { startForwarder } from './start-forwarder.ts'
import { startPlugboard } from './start-plugboard.ts'
import { suiteRuns, type SuiteRun } from './suites.ts'

/** A whole run takes seconds, one scenario much less: what reaches these limits hangs. */
const runLimitMs = 120_000
const aloneLimitMs = 20_000
/** Installation included. */
const totalLimitMs = 10 * 60_000

interface Urls {
  direct: string
  through: string
}

async function main(): Promise<boolean> {
  const { values: options } = parseArgs({ options: { 'stand-in': { type: 'boolean', default: false } } })
  const interrupted = new AbortController()
  process.once('SIGINT', () => interrupted.abort()).once('SIGTERM', () => interrupted.abort())
  const stop = AbortSignal.any([interrupted.signal, AbortSignal.timeout(totalLimitMs)])

  const opened: { close(): Promise<void> }[] = []
  try {
    const fixture = await startConformanceServer()
    opened.push(fixture)
    // Plugboard lets a laptop's connection reach loopback by address only.
    const upstream = new URL(fixture.url.replace('localhost', '127.0.0.1'))
    const plugboard = options['stand-in'] ? undefined : await startPlugboard(upstream, stop)
    if (plugboard) opened.push(plugboard)
    const forwarder = await startForwarder(plugboard?.mcpUrl ?? upstream, plugboard?.key)
    opened.push(forwarder)

    let clean = true
    for (const run of suiteRuns) {
      const rows = await compareRun(run, { direct: fixture.url, through: forwarder.url }, stop)
      console.log(formatTable(run.title, rows))
      plugboard?.requireAlive()
      clean &&= rows.every(isClean)
    }
    return clean
  } finally {
    for (const one of opened.toReversed()) await one.close()
  }
}

async function compareRun(run: SuiteRun, urls: Urls, stop: AbortSignal): Promise<ScenarioRow[]> {
  const suite = await installSuite(run.version, stop)
  const direct = requireResults(await runSuite(suite, run.all, urls.direct, runLimitMs, stop))
  const through = requireResults(await runSuite(suite, run.all, urls.through, runLimitMs, stop))

  const rows: ScenarioRow[] = []
  for (const scenario of new Set([...direct.scenarios.keys(), ...through.scenarios.keys()])) {
    const checks = { direct: direct.scenarios.get(scenario) ?? [], through: through.scenarios.get(scenario) ?? [] }
    const verdict = compareScenario(checks.direct, checks.through)
    const row = { scenario, ...checks, verdict, rerun: false, unscored: direct.unscored.get(scenario) }
    rows.push(isClean(row) ? row : { ...row, ...(await runAlone(suite, run, scenario, urls, stop)) })
  }
  return rows
}

/** On a busy machine a scenario can lose a race against a clock; one that differs twice differs. */
async function runAlone(suite: InstalledSuite, run: SuiteRun, scenario: string, urls: Urls, stop: AbortSignal) {
  const args = ['--scenario', scenario, ...run.alone]
  const direct = (await runSuite(suite, args, urls.direct, aloneLimitMs, stop)).scenarios.get(scenario) ?? []
  const through = (await runSuite(suite, args, urls.through, aloneLimitMs, stop)).scenarios.get(scenario) ?? []
  return { direct, through, verdict: compareScenario(direct, through), rerun: true }
}

function requireResults(result: SuiteResult): SuiteResult {
  if (result.scenarios.size > 0) return result
  throw new Error(`The suite left no results:\n${result.output}`)
}

/** A scored scenario that fails directly proves nothing about the way through, so it is as bad as a difference. */
function isClean(row: ScenarioRow): boolean {
  return row.verdict !== 'worse' && (row.unscored !== undefined || !hasFailure(row.direct))
}

try {
  process.exitCode = (await main()) ? 0 : 1
} catch (error) {
  console.error(error instanceof Error ? [error.message, error.cause ?? ''].join('\n').trim() : error)
  process.exitCode = 2
}
