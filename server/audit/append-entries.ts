// Entries join the one chain of their organization, whichever process writes them: two that read the same end want the same
// place for their next entry, which the database gives to one of them. The other reads the end again. So the order is the same
// for everybody, and nobody waits for a lock.
import type { Database } from '../../db/database.ts'
import { appendAuditEntries, readChainEnd } from '../../db/queries/audit.ts'
import type { Vault } from '../vault/vault.ts'
import { systemSource } from './audit-entry.ts'
import { type ChainEnd, headSeal, isSealed, linkEntries, START } from './chain.ts'
import { type AuditDraft, draftEntry } from './draft-entry.ts'

export interface ChainStore {
  db: Database
  vault: Pick<Vault, 'digest' | 'prepareOrganization'>
}

/** Between as many processes as there will ever be, one is first each time. */
const MAX_ATTEMPTS = 20

/** In one statement, so few enough for one. All are of one organization. */
export async function appendEntries({ db, vault }: ChainStore, organizationId: string, drafts: readonly AuditDraft[]): Promise<void> {
  await vault.prepareOrganization(organizationId)
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    const { end, damaged } = await findEnd({ db, vault }, organizationId)
    const [first] = drafts
    // Said before anything else: what follows would hide it.
    const told = damaged && first ? [draftEntry(systemSource(organizationId), { action: 'audit.damage', result: 'failed' }, first.at), ...drafts] : drafts
    const linked = linkEntries(vault, end, told)
    const head = { organizationId, ...linked.end, seal: headSeal(vault, organizationId, linked.end) }
    if (await appendAuditEntries(db, linked.rows, head)) return
  }
  throw new Error('other processes were always faster')
}

/** What was cut off stays missing: the next entry takes the place after the last that ever was, as far as that is known. */
async function findEnd({ db, vault }: ChainStore, organizationId: string): Promise<{ end: ChainEnd; damaged: boolean }> {
  const { head, last = START } = await readChainEnd(db, organizationId)
  if (!head || !isSealed(vault, head)) return { end: last, damaged: head !== undefined || last.seq > 0 }
  const isWhole = head.seq === last.seq && head.mac === last.mac
  return { end: head.seq >= last.seq ? head : last, damaged: !isWhole }
}
