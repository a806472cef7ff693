// The same refusal again and again: told once, then counted, so that nobody fills the log by knocking.
import { MINUTE_MS } from '../lib/units.ts'
import { type AuditDraft, detailsText } from './draft-entry.ts'

const WINDOW_MS = MINUTE_MS
/** Kinds of refusals at a time; beyond them each is told. */
const MAX_KINDS = 1000

interface Window {
  draft: AuditDraft
  endsAt: number
  lastAt: number
  repeated: number
}

const kindOf = ({ organizationId, actorKind, actorId, action, targetId, result, code, details }: AuditDraft): string =>
  JSON.stringify([organizationId, actorKind, actorId, action, targetId, result, code, details])

export class RepeatedNotes {
  readonly #windows = new Map<string, Window>()

  /** Whether it was told within the last minute, and is counted instead. */
  isRepeated(draft: AuditDraft): boolean {
    const kind = kindOf(draft)
    const open = this.#windows.get(kind)
    if (open && draft.at < open.endsAt) {
      open.repeated++
      open.lastAt = draft.at
      return true
    }
    if (!open && this.#windows.size < MAX_KINDS) this.#windows.set(kind, { draft, endsAt: draft.at + WINDOW_MS, lastAt: draft.at, repeated: 0 })
    return false
  }

  /** What was counted and not told, of windows that are over by then. */
  take(nowMs: number): AuditDraft[] {
    const told: AuditDraft[] = []
    for (const [kind, { draft, endsAt, lastAt, repeated }] of this.#windows) {
      if (nowMs < endsAt) continue
      this.#windows.delete(kind)
      if (repeated > 0) told.push({ ...draft, at: lastAt, details: withCount(draft.details, repeated) })
    }
    return told
  }
}

const withCount = (details: string | null, repeated: number): string | null =>
  detailsText({ ...(details === null ? {} : (JSON.parse(details) as object)), repeated })
