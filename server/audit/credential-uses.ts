// Who used whose credential on which day: once for each, whatever the number of calls. Successful calls are counted elsewhere.
import type { Database } from '../../db/database.ts'
import { findCredentialOwners } from '../../db/queries/audit.ts'
import { DAY_MS } from '../lib/units.ts'
import { AUDIT_ACTOR_KINDS, type AuditActorKind } from '../../db/schema/audit-entry.ts'
import { type AuditDraft, draftEntry } from './draft-entry.ts'

interface Use {
  connectionUid: string
  /** `kind:id`. */
  principal: string
  at: number
}

/** Then it starts anew, and tells some of them twice. */
const MAX_KNOWN = 100_000

export class CredentialUses {
  #day = 0
  /** By connection: asked for every call, so it must cost no new string. */
  #known = new Map<string, Set<string>>()
  #size = 0
  #fresh: Use[] = []

  note(connectionUid: string, principal: string, at: number): void {
    if (at - this.#day >= DAY_MS || this.#size >= MAX_KNOWN) this.#forget(at)
    const principals = this.#known.get(connectionUid)
    if (principals?.has(principal)) return
    if (principals) principals.add(principal)
    else this.#known.set(connectionUid, new Set([principal]))
    this.#size++
    this.#fresh.push({ connectionUid, principal, at })
  }

  #forget(at: number): void {
    this.#day = Math.floor(at / DAY_MS) * DAY_MS
    this.#known = new Map()
    this.#size = 0
  }

  /** What is new since the last time; without those of connections that have no credential, or are gone. */
  async take(db: Database): Promise<AuditDraft[]> {
    const uses = this.#fresh
    if (uses.length === 0) return []
    this.#fresh = []
    try {
      const owners = await findCredentialOwners(db, [...new Set(uses.map(({ connectionUid }) => connectionUid))])
      const byUid = new Map(owners.map((owner) => [owner.uid, owner]))
      return uses.flatMap(({ connectionUid, principal, at }) => {
        const owner = byUid.get(connectionUid)
        if (!owner) return []
        const { organizationId, namespace, connectionId } = owner
        const target = { kind: 'connection', id: connectionId }
        return [draftEntry({ actor: { ...actorOf(principal), organizationId } }, { action: 'credential.use', target, namespace, details: { uid: connectionUid } }, at)]
      })
    } catch (error) {
      this.#fresh = [...uses, ...this.#fresh]
      throw error
    }
  }
}

function actorOf(principal: string): { kind: AuditActorKind; id: string } {
  const [kind, id = ''] = principal.split(':')
  return { kind: AUDIT_ACTOR_KINDS.find((known) => known === kind) ?? 'system', id }
}
