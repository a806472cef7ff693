// What a person reads in the end: one line per scenario, the reasons under the lines that differ, and a sum.
import { hasFailure, type Verdict } from './compare-scenario.ts'
import type { Check } from './run-suite.ts'

export interface ScenarioRow {
  scenario: string
  direct: Check[]
  through: Check[]
  verdict: Verdict
  /** The first result was not clean, and this is that of a second run, alone. */
  rerun: boolean
  /** Why it does not count for the revision, if so. */
  unscored?: string | undefined
}

/** Lays the rows out as text. */
export function formatTable(title: string, rows: ScenarioRow[]): string {
  const cells = rows.map((row) => [formatName(row), countChecks(row.direct), countChecks(row.through), formatVerdict(row)])
  const text = alignColumns([['scenario', 'direct', 'through', 'equal?'], ...cells])
  const reasons = rows.filter((row) => row.verdict === 'worse').flatMap((row) => formatReasons(row.scenario, row.through))
  return [`\n## ${title}`, ...text, ...reasons, formatSum(rows)].join('\n')
}

/** Lines of cells as lines of text. */
export function alignColumns(lines: string[][]): string[] {
  const widths = (lines[0] ?? []).map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)))
  return lines.map((line) => line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ').trimEnd())
}

export function formatName({ scenario, rerun, unscored }: Pick<ScenarioRow, 'scenario' | 'rerun' | 'unscored'>): string {
  return scenario + (rerun ? ' (run again alone)' : '') + (unscored ? ` [not scored: ${unscored}]` : '')
}

function formatVerdict({ verdict }: ScenarioRow): string {
  return { same: 'yes', better: 'no, better', worse: 'NO, WORSE' }[verdict]
}

export function countChecks(checks: Check[]): string {
  const count = (status: Check['status']) => checks.filter((check) => check.status === status).length
  const parts = [`${count('SUCCESS')} passed`]
  if (count('FAILURE') > 0) parts.push(`${count('FAILURE')} failed`)
  if (count('WARNING') > 0) parts.push(`${count('WARNING')} warned`)
  if (count('SKIPPED') > 0) parts.push(`${count('SKIPPED')} skipped`)
  return checks.length === 0 ? 'no result' : parts.join(', ')
}

export function formatReasons(scenario: string, checks: Check[]): string[] {
  const bad = checks.filter((check) => check.status === 'FAILURE' || check.status === 'WARNING')
  return bad.map((check) => `  ${scenario}: ${check.id} ${check.status}: ${check.errorMessage ?? 'no message'}`)
}

function formatSum(rows: ScenarioRow[]): string {
  const scored = rows.filter((row) => !row.unscored)
  const passing = (column: 'direct' | 'through') => scored.filter((row) => !hasFailure(row[column])).length
  const equal = rows.filter((row) => row.verdict === 'same').length
  return `Scored: ${passing('direct')} of ${scored.length} pass directly, ${passing('through')} through. Equal: ${equal} of ${rows.length}.`
}
