// The suite's client scenarios against Plugboard: each is a server that Plugboard is connected to, and asked through.
import path from 'node:path'
import { alignColumns, countChecks, formatName, formatReasons } from './format-table.ts'
import { installSuite, type InstalledSuite } from './install-suite.ts'
import { playScenario } from './play-scenario.ts'
import { runSuite, type Check, type SuiteResult } from './run-suite.ts'
import { startPlugboard } from './start-plugboard.ts'
import { startScenarioDoor } from './start-scenario-door.ts'
import { clientRuns, type SuiteRun } from './suites.ts'

const runLimitMs = 180_000
const aloneLimitMs = 60_000

/** The address that the suite takes for the right client id; nothing is read from it. */
const CLIENT_METADATA_URL = 'https://conformance-test.local/client-metadata.json'

const relay = path.join(import.meta.dirname, 'client-relay.mjs')

interface ClientRow {
  scenario: string
  checks: Check[]
  passed: boolean
  rerun: boolean
  unscored: string | undefined
}

/** Prints a table per run; whether all that is scored passed. */
export async function runClients(stop: AbortSignal): Promise<boolean> {
  let clean = true
  for (const run of clientRuns) {
    const rows = await playRun(run, stop)
    console.log(formatRows(run.title, rows))
    clean &&= rows.every(isClean)
  }
  return clean
}

async function playRun(run: SuiteRun, stop: AbortSignal): Promise<ClientRow[]> {
  const suite = await installSuite(run.version, stop)
  const result = await playAgainst(suite, run.all, runLimitMs, stop)
  if (result.scenarios.size === 0) throw new Error(`The suite left no results:\n${result.output}`)
  const rows: ClientRow[] = []
  for (const [scenario, checks] of result.scenarios) {
    const row = { scenario, checks, passed: result.output.includes(`✓ ${scenario}: `), rerun: false, unscored: result.unscored.get(scenario) }
    rows.push(isClean(row) ? row : { ...row, ...(await playAlone(suite, run, scenario, stop)) })
  }
  return rows
}

/** All of them run at once: on a busy machine one can lose a race against a clock. */
async function playAlone(suite: InstalledSuite, run: SuiteRun, scenario: string, stop: AbortSignal) {
  const { scenarios, output } = await playAgainst(suite, ['--scenario', scenario, ...run.alone], aloneLimitMs, stop)
  return { checks: scenarios.get(scenario) ?? [], passed: output.includes('OVERALL: PASSED'), rerun: true }
}

/** Each time a new Plugboard, which is registered nowhere: the suite's issuers come and go on the ports of a few minutes ago. */
async function playAgainst(suite: InstalledSuite, args: string[], limitMs: number, stop: AbortSignal): Promise<SuiteResult> {
  const plugboard = await startPlugboard(stop, { CLIENT_METADATA_URL })
  const door = await startScenarioDoor((scenario) => playScenario(plugboard, scenario))
  try {
    const command = ['--command', `${process.execPath} ${relay} http://127.0.0.1:${door.port}/`, '--timeout', String(aloneLimitMs)]
    const result = await runSuite(suite, ['client', ...command, ...args], limitMs, stop)
    plugboard.requireAlive()
    return result
  } finally {
    await door.close()
    await plugboard.close()
  }
}

const isClean = ({ passed, unscored }: ClientRow): boolean => passed || unscored !== undefined

function formatRows(title: string, rows: ClientRow[]): string {
  const cells = rows.map((row) => [formatName(row), countChecks(row.checks), row.passed ? 'yes' : 'NO'])
  const scored = rows.filter(({ unscored }) => unscored === undefined)
  return [
    `\n## ${title}`,
    ...alignColumns([['scenario', 'checks', 'passed?'], ...cells]),
    ...rows.filter((row) => !isClean(row)).flatMap((row) => formatReasons(row.scenario, row.checks)),
    `Scored: ${scored.filter(({ passed }) => passed).length} of ${scored.length} pass.`,
  ].join('\n')
}
