// What makes a list of entries a chain: the digest of each covers the one before it, under a key that is not in the database.
// It is the key of the organization's digests, which stays for ever: those derived from the root key end with their lifetime.
import type { AuditEntryRow } from '../../db/schema/audit-entry.ts'
import type { AuditHeadRow } from '../../db/schema/audit-head.ts'
import type { Vault } from '../vault/vault.ts'
import type { AuditDraft } from './draft-entry.ts'

export type Digester = Pick<Vault, 'digest'>

export interface ChainEnd {
  seq: number
  mac: string
}

/** Before the first entry. */
export const START: ChainEnd = { seq: 0, mac: '' }

/** Members in one order, so that an entry has one text; a list, so that no value can run into the next. */
const textOf = (entry: Omit<AuditEntryRow, 'mac'>): string =>
  JSON.stringify([
    entry.seq,
    entry.at,
    entry.actorKind,
    entry.actorId,
    entry.action,
    entry.targetKind,
    entry.targetId,
    entry.namespace,
    entry.result,
    entry.code,
    entry.address,
    entry.userAgent,
    entry.requestId,
    entry.details,
  ])

export const entryMac = (vault: Digester, before: string, entry: Omit<AuditEntryRow, 'mac'>): string =>
  vault.digest(entry.organizationId, 'audit entry', `${before} ${textOf(entry)}`)

export const headSeal = (vault: Digester, organizationId: string, { seq, mac }: ChainEnd): string =>
  vault.digest(organizationId, 'audit head', `${seq} ${mac}`)

export const isSealed = (vault: Digester, head: AuditHeadRow): boolean => headSeal(vault, head.organizationId, head) === head.seal

/** The drafts in their places after `end`. */
export function linkEntries(vault: Digester, end: ChainEnd, drafts: readonly AuditDraft[]): { rows: AuditEntryRow[]; end: ChainEnd } {
  const rows: AuditEntryRow[] = []
  let { seq, mac } = end
  for (const draft of drafts) {
    const entry = { ...draft, seq: ++seq }
    mac = entryMac(vault, mac, entry)
    rows.push({ ...entry, mac })
  }
  return { rows, end: { seq, mac } }
}
