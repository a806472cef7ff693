// An entry as a line of CSV (RFC 4180), which people open in spreadsheets.
import type { AuditEntryView } from './audit-view.ts'

type Cell = string | number | null

const columns: readonly [heading: string, read: (entry: AuditEntryView) => Cell][] = [
  ['seq', ({ seq }) => seq],
  ['at', ({ at }) => at],
  ['actor_kind', ({ actor }) => actor.kind],
  ['actor_id', ({ actor }) => actor.id],
  ['actor_name', ({ actor }) => actor.name],
  ['action', ({ action }) => action],
  ['target_kind', ({ target }) => target?.kind ?? null],
  ['target_id', ({ target }) => target?.id ?? null],
  ['namespace', ({ namespace }) => namespace],
  ['result', ({ result }) => result],
  ['code', ({ code }) => code],
  ['address', ({ address }) => address],
  ['user_agent', ({ userAgent }) => userAgent],
  ['request_id', ({ requestId }) => requestId],
  ['details', ({ details }) => (Object.keys(details).length === 0 ? null : JSON.stringify(details))],
]

export const csvHeading = columns.map(([heading]) => heading).join(',')

export const csvLine = (entry: AuditEntryView): string => columns.map(([, read]) => csvCell(read(entry))).join(',')

/** A spreadsheet runs a cell that begins like a formula: a quotation mark in front makes it text. */
export function csvCell(value: Cell): string {
  if (value === null) return ''
  const text = typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
