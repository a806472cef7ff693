// Whether a chain is what was written: reads all of it, and says where it is not.
import type { Database } from '../../db/database.ts'
import { readChain, readChainEnd } from '../../db/queries/audit.ts'
import type { AuditEntryRow } from '../../db/schema/audit-entry.ts'
import { type ChainEnd, type Digester, entryMac, isSealed, START } from './chain.ts'

export interface ChainReport {
  organizationId: string
  entries: number
  /** When its first entry was written. */
  since: string | undefined
  /** Where it ends: written down elsewhere, it would show that the whole database was put back to an earlier time. */
  end: ChainEnd
  /** In words; none, if the chain is whole. */
  problems: string[]
}

const PAGE = 500
/** Whoever changed more than this is caught already. */
const MAX_PROBLEMS = 20

export async function verifyChain({ db, vault }: { db: Database; vault: Digester }, organizationId: string): Promise<ChainReport> {
  // First: what is appended meanwhile lies behind it.
  const { head } = await readChainEnd(db, organizationId)
  const walk = new ChainWalk(vault, head && isSealed(vault, head) ? head : undefined)
  for (;;) {
    const page = await readChain(db, { organizationId, after: walk.end.seq, limit: PAGE })
    for (const entry of page) walk.take(entry)
    if (page.length < PAGE) break
  }
  if (head && !isSealed(vault, head)) walk.complain('the row that says where the chain ends was changed')
  if (!head && walk.entries > 0) walk.complain('the row that says where the chain ends is missing')
  if (head && head.seq > walk.end.seq) walk.complain(missing(walk.end.seq + 1, head.seq))
  const { entries, since, end, problems } = walk
  return { organizationId, entries, since, end, problems: problems.slice(0, MAX_PROBLEMS) }
}

const missing = (from: number, to: number): string => (from === to ? `entry ${from} is missing` : `entries ${from} to ${to} are missing`)

class ChainWalk {
  readonly problems: string[] = []
  entries = 0
  since: string | undefined
  end: ChainEnd = START
  readonly #vault: Digester
  readonly #head: ChainEnd | undefined

  constructor(vault: Digester, head: ChainEnd | undefined) {
    this.#vault = vault
    this.#head = head
  }

  take(entry: AuditEntryRow): void {
    const { seq, mac } = entry
    this.since ??= new Date(entry.at).toISOString()
    this.entries++
    // What was before a gap is gone, and with it what would tell whether this entry was changed.
    if (seq !== this.end.seq + 1) this.complain(missing(this.end.seq + 1, seq - 1))
    else if (entryMac(this.#vault, this.end.mac, entry) !== mac) this.complain(`entry ${seq} was changed, moved or put in`)
    else if (seq === this.#head?.seq && mac !== this.#head.mac) this.complain(`entry ${seq} is not the one that was last`)
    this.end = { seq, mac }
  }

  complain(problem: string): void {
    this.problems.push(problem)
  }
}
