// Takes note of who did what to which, and with what result. Most notes are written every few seconds and at a clean stop;
// those of keys, links, roles and revocations before the answer.
import type { AuditResult } from '../../db/schema/audit-entry.ts'
import { FLUSH_ROWS } from '../../db/in-chunks.ts'
import type { Now } from '../lib/clock.ts'
import type { Logger } from '../lib/logger.ts'
import { appendEntries, type ChainStore } from './append-entries.ts'
import { type AuditNote, type AuditSource, systemSource } from './audit-entry.ts'
import { CredentialUses } from './credential-uses.ts'
import { type AuditDraft, draftEntry } from './draft-entry.ts'
import { RepeatedNotes } from './repeated-notes.ts'

/** What waits for a database that takes nothing. Without one nothing can be changed, either; beyond this, notes are counted. */
const MAX_WAITING = 20_000

export interface AuditLogInput extends ChainStore {
  now: Now
  log: Logger
}

export class AuditLog {
  readonly #store: ChainStore
  readonly #now: Now
  readonly #log: Logger
  readonly #repeated = new RepeatedNotes()
  readonly #uses = new CredentialUses()
  /** By organization, in the order in which they were noted. */
  readonly #waiting = new Map<string, AuditDraft[]>()
  #size = 0
  readonly #missed = new Map<string, number>()
  readonly #noted: Record<AuditResult, number> = { ok: 0, denied: 0, failed: 0 }
  #writing: Promise<unknown> = Promise.resolve()

  constructor({ db, vault, now, log }: AuditLogInput) {
    this.#store = { db, vault }
    this.#now = now
    this.#log = log
  }

  /** Since this process started, by result. */
  get noted(): Readonly<Record<AuditResult, number>> {
    return this.#noted
  }

  /** How many are not written yet. */
  get waiting(): number {
    return this.#size
  }

  /** Written within seconds. What was refused a moment ago is counted. */
  note(source: AuditSource, note: AuditNote): void {
    const draft = draftEntry(source, note, this.#now())
    this.#noted[draft.result]++
    if (draft.result !== 'ok' && this.#repeated.isRepeated(draft)) return
    this.#keep(draft)
  }

  /** Written when it returns. @throws database.*: what it tells of has happened, and it is written later */
  async write(source: AuditSource, note: AuditNote): Promise<void> {
    const draft = draftEntry(source, note, this.#now())
    this.#noted[draft.result]++
    this.#keep(draft)
    const failures = await this.#writeAll()
    const failure = failures.get(draft.organizationId)
    if (failure !== undefined) throw failure
  }

  /** Somebody calls with a connection's credential, if it has one. */
  noteUse(connectionUid: string, principal: string): void {
    this.#uses.note(connectionUid, principal, this.#now())
  }

  /** Writes what was noted until now. What cannot be written waits for the next time. */
  async flush(): Promise<void> {
    await this.#gather(this.#now())
    const failures = await this.#writeAll()
    for (const error of failures.values()) this.#log.warn('the audit log could not be written; it is kept for the next attempt', { error })
  }

  /** At a clean stop: nothing stays behind, repetitions included. */
  async close(): Promise<void> {
    await this.#gather(Infinity)
    await this.flush()
  }

  async #gather(untilMs: number): Promise<void> {
    for (const draft of this.#repeated.take(untilMs)) this.#keep(draft)
    try {
      for (const draft of await this.#uses.take(this.#store.db)) this.#keep(draft)
    } catch (error) {
      this.#log.warn('who used which credential could not be found out yet', { error })
    }
  }

  #keep(draft: AuditDraft): void {
    const { organizationId } = draft
    if (this.#size >= MAX_WAITING) {
      this.#missed.set(organizationId, (this.#missed.get(organizationId) ?? 0) + 1)
      return
    }
    const waiting = this.#waiting.get(organizationId)
    if (waiting) waiting.push(draft)
    else this.#waiting.set(organizationId, [draft])
    this.#size++
  }

  /** After what is being written; by organization, what went wrong. */
  #writeAll(): Promise<Map<string, unknown>> {
    const written = this.#writing.then(() => this.#writeWaiting())
    this.#writing = written
    return written
  }

  async #writeWaiting(): Promise<Map<string, unknown>> {
    const failures = new Map<string, unknown>()
    for (const organizationId of Array.from(this.#waiting.keys())) {
      try {
        await this.#writeChain(organizationId)
      } catch (error) {
        failures.set(organizationId, error)
      }
    }
    return failures
  }

  async #writeChain(organizationId: string): Promise<void> {
    const waiting = this.#waiting.get(organizationId) ?? []
    while (waiting.length > 0) {
      const drafts = waiting.slice(0, FLUSH_ROWS)
      await appendEntries(this.#store, organizationId, drafts)
      // Only now: what a failure leaves in doubt is told twice rather than not at all.
      waiting.splice(0, drafts.length)
      this.#size -= drafts.length
    }
    this.#waiting.delete(organizationId)
    const missed = this.#missed.get(organizationId)
    if (missed === undefined) return
    const overflow = draftEntry(systemSource(organizationId), { action: 'audit.overflow', result: 'failed', details: { missed } }, this.#now())
    await appendEntries(this.#store, organizationId, [overflow])
    this.#missed.delete(organizationId)
  }
}
