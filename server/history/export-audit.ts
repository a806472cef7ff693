// The log as text that other programs read, a piece at a time: nobody holds all of it in memory.
import type { Context } from '../context/context.ts'
import { csvHeading, csvLine } from './audit-csv.ts'
import type { ExportAuditInput, ExportAuditPieceInput, ExportPiece } from './audit-view.ts'
import { readEntries, requireAuditAccess } from './list-audit.ts'

const PIECE = 500

/** Newest first. The first piece is itself an entry of the log. @throws policy.forbidden */
export async function exportAuditPiece(context: Context, { format, cursor, ...filter }: ExportAuditPieceInput): Promise<ExportPiece> {
  requireAuditAccess(context)
  if (cursor === undefined) await context.audit.write(context, { action: 'audit.export', details: { format } })
  const entries = await readEntries(context, filter, { before: cursor === undefined ? undefined : Number(cursor), limit: PIECE })
  const lines = entries.map(format === 'csv' ? csvLine : (entry) => JSON.stringify(entry))
  const heading = format === 'csv' && cursor === undefined ? [csvHeading] : []
  // RFC 4180 §2 ends lines with CRLF.
  const end = format === 'csv' ? '\r\n' : '\n'
  const last = entries.length === PIECE ? entries.at(-1) : undefined
  return { text: [...heading, ...lines].map((line) => line + end).join(''), nextCursor: last && String(last.seq) }
}

/** All of it. @throws policy.forbidden */
export async function* exportAudit(context: Context, input: ExportAuditInput): AsyncGenerator<string> {
  let cursor: string | undefined
  do {
    const { text, nextCursor } = await exportAuditPiece(context, { ...input, cursor })
    yield text
    cursor = nextCursor
  } while (cursor !== undefined)
}
