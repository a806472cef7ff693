// A note made fit to be stored: bounded, and with the members that are allowed.
import type { AuditEntryRow } from '../../db/schema/audit-entry.ts'
import { wellFormed } from '../lib/well-formed.ts'
import { type AuditDetails, type AuditNote, type AuditSource, DETAILS } from './audit-entry.ts'

/** An entry that has no place in its chain yet. */
export type AuditDraft = Omit<AuditEntryRow, 'seq' | 'mac'>

const MAX_TEXT = 200
const MAX_LIST = 20

const bounded = (text: string): string => wellFormed(text.slice(0, MAX_TEXT))

const boundedOrNull = (text: string | undefined): string | null => (text === undefined || text === '' ? null : bounded(text))

export function draftEntry({ actor, requestId, readOrigin }: AuditSource, note: AuditNote, at: number): AuditDraft {
  const origin = readOrigin?.()
  return {
    organizationId: actor.organizationId,
    at,
    actorKind: actor.kind,
    actorId: bounded(actor.id),
    action: note.action,
    targetKind: boundedOrNull(note.target?.kind),
    targetId: boundedOrNull(note.target?.id),
    namespace: boundedOrNull(note.namespace),
    result: note.result ?? 'ok',
    code: boundedOrNull(note.code),
    address: boundedOrNull(origin?.address),
    userAgent: boundedOrNull(origin?.userAgent),
    requestId: boundedOrNull(requestId ?? origin?.requestId),
    details: note.details ? detailsText(note.details) : null,
  }
}

export function detailsText(details: AuditDetails): string | null {
  const kept: AuditDetails = {}
  for (const name of DETAILS) {
    const value = details[name]
    if (value !== undefined) kept[name] = boundedDetail(value)
  }
  return Object.keys(kept).length === 0 ? null : JSON.stringify(kept)
}

function boundedDetail(value: string | number | readonly string[]): string | number | readonly string[] {
  if (typeof value === 'number') return value
  return typeof value === 'string' ? bounded(value) : value.slice(0, MAX_LIST).map(bounded)
}
