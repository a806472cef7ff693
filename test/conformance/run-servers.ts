// The suite's server scenarios against our fixture, directly and through Plugboard. The promise is that nothing changes on the way.
import { startConformanceServer } from '../fixtures/conformance-server/start-conformance-server.ts'
import { compareScenario, hasFailure } from './compare-scenario.ts'
import { formatTable, type ScenarioRow } from './format-table.ts'
import { installSuite, type InstalledSuite } from './install-suite.ts'
import { runSuite, type SuiteResult } from './run-suite.ts'
import { startForwarder } from './start-forwarder.ts'
import { startPlugboard } from './start-plugboard.ts'
import { serverRuns, type SuiteRun } from './suites.ts'

/** A whole run takes seconds, one scenario much less: what reaches these limits hangs. */
const runLimitMs = 120_000
const aloneLimitMs = 20_000

interface Urls {
  direct: string
  through: string
}

/** Prints a table per run; whether all of them are clean. `standIn` puts a bare proxy in Plugboard's place. */
export async function runServers({ standIn, stop }: { standIn: boolean; stop: AbortSignal }): Promise<boolean> {
  const opened: { close(): Promise<void> }[] = []
  try {
    const fixture = await startConformanceServer()
    opened.push(fixture)
    // As its own: the name that it listens under may have two addresses.
    const upstream = new URL(fixture.url.replace('localhost', '127.0.0.1'))
    const plugboard = standIn ? undefined : await startPlugboard(stop)
    if (plugboard) opened.push(plugboard)
    await plugboard?.connect('fixture', { mcpUrl: upstream.href })
    const forwarder = await startForwarder(plugboard?.mcpUrlOf('fixture') ?? upstream, plugboard?.key)
    opened.push(forwarder)

    let clean = true
    for (const run of serverRuns) {
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
  const direct = requireResults(await runAgainst(suite, run.all, urls.direct, runLimitMs, stop))
  const through = requireResults(await runAgainst(suite, run.all, urls.through, runLimitMs, stop))

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
  const direct = (await runAgainst(suite, args, urls.direct, aloneLimitMs, stop)).scenarios.get(scenario) ?? []
  const through = (await runAgainst(suite, args, urls.through, aloneLimitMs, stop)).scenarios.get(scenario) ?? []
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

const runAgainst = (suite: InstalledSuite, args: string[], url: string, limitMs: number, stop: AbortSignal) =>
  runSuite(suite, ['server', '--url', url, ...args], limitMs, stop)
