// What the hot path keeps in memory: ciphertext and verdicts, never a plaintext credential.
import type { ConnectionRow } from '../../db/schema/connection.ts'
import type { UpstreamTarget } from '../mcp/upstream-target.ts'
import type { Actor, MemberActor } from '../policy/actor.ts'
import { LookupCache } from './lookup-cache.ts'

export interface ConnectionHandle {
  row: ConnectionRow
  target: UpstreamTarget
  /** When its token should be renewed, and when it must be; undefined if there is none, or no known end. */
  token: TokenTimes | undefined
  readAtMs: number
}

export interface TokenTimes {
  generation: number
  refreshAtMs: number
  expiresAtMs: number
}

export interface KnownKey {
  actor: Actor
  expiresAtMs: number | undefined
  checkedAtMs: number
}

/** A browser in which a member is signed in. */
export interface KnownSession {
  actor: MemberActor
  name: string
  email: string
  organization: { id: string; name: string }
  expiresAtMs: number
  checkedAtMs: number
}

export interface Caches {
  /** By `namespace/connectionId`. */
  connections: LookupCache<ConnectionHandle>
  /** By SHA-256 of the key, base64url. */
  keys: LookupCache<KnownKey>
  /** By SHA-256 of the session id, hex. */
  sessions: LookupCache<KnownSession>
}

export const createCaches = (): Caches => ({
  connections: new LookupCache(50_000),
  keys: new LookupCache(10_000),
  sessions: new LookupCache(10_000),
})
