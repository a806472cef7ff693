// What the hot path keeps in memory: ciphertext and verdicts, never a plaintext credential.
import type { ConnectionRow } from '../../db/schema/connection.ts'
import type { UpstreamTarget } from '../mcp/upstream-target.ts'
import type { Actor } from '../policy/actor.ts'
import { LookupCache } from './lookup-cache.ts'

export interface ConnectionHandle {
  row: ConnectionRow
  target: UpstreamTarget
  readAtMs: number
}

export interface KnownKey {
  actor: Actor
  expiresAtMs: number | undefined
  checkedAtMs: number
}

export interface Caches {
  /** By `namespace/connectionId`. */
  connections: LookupCache<ConnectionHandle>
  /** By SHA-256 of the key, base64url. */
  keys: LookupCache<KnownKey>
}

export const createCaches = (): Caches => ({
  connections: new LookupCache(50_000),
  keys: new LookupCache(10_000),
})
