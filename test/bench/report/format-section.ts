// A section as a table for people.
import { isReached, type Figure, type SectionResult } from './figure.ts'

export function formatSection({ title, figures }: SectionResult): string {
  const lines = [['', 'found', 'aim', '', 'based on'], ...figures.map(formatFigure)]
  const widths = [0, 1, 2, 3].map((column) => Math.max(...lines.map((line) => line[column]!.length)))
  const rows = lines.map((line) => line.map((cell, column) => (column === 1 ? cell.padStart(widths[1]!) : cell.padEnd(widths[column] ?? 0))).join('  ').trimEnd())
  return `\n## ${title}\n${rows.join('\n')}`
}

function formatFigure(figure: Figure): string[] {
  const { what, value, unit = '', aim, basis = '' } = figure
  const withUnit = (number: number) => formatNumber(number) + (unit && ` ${unit}`)
  const reached = isReached(figure)
  const bound = aim && ('atMost' in aim ? `<= ${withUnit(aim.atMost)}` : `>= ${withUnit(aim.atLeast)}`)
  return [what, withUnit(value), bound ?? '', reached === undefined ? '' : reached ? 'pass' : 'MISS', basis]
}

/** Three digits that mean something. */
function formatNumber(value: number): string {
  if (!Number.isFinite(value)) return '?'
  return Math.abs(value) >= 100 ? value.toFixed(0) : Math.abs(value) >= 10 ? value.toFixed(1) : value.toFixed(2)
}
