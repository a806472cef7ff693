// What the hot path keeps in memory: ciphertext and verdicts, never a plaintext credential.
import { LRUCache } from 'lru-cache'
import type { ConnectionRow } from '../../db/schema/connection.ts'
import type { UpstreamTarget } from '../mcp/upstream-target.ts'
import type { Actor } from '../policy/actor.ts'

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
  connections: LRUCache<string, ConnectionHandle>
  /** By SHA-256 of the key, base64url. */
  keys: LRUCache<string, KnownKey>
}

export const createCaches = (): Caches => ({
  connections: new LRUCache({ max: 50_000 }),
  keys: new LRUCache({ max: 10_000 }),
})
