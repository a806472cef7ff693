// What the hot path keeps in memory: ciphertext and verdicts, never a plaintext credential.
import type { ConnectionRow } from '../../db/schema/connection.ts'
import type { UpstreamTarget } from '../mcp/upstream-target.ts'
import type { Actor, ApiKeyActor, MemberActor, ServiceTokenActor } from '../policy/actor.ts'
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

/** Whoever minted service tokens, as the database has it. */
export interface KnownMinter {
  principal: string
  actor: ApiKeyActor | MemberActor
  expiresAtMs: number | undefined
  /** Another one: something has changed. */
  version: string
}

/** What is true of a token for ever. Whether it still counts is asked every time. */
export interface KnownToken {
  actor: ServiceTokenActor
  /** As its actor has it. Once it is forgotten, the token is judged anew. */
  minter: KnownMinter
  /** Of the token and all that it was narrowed from. */
  signatureHashes: readonly string[]
  notBeforeMs: number
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
  /** By principal. */
  minters: LookupCache<KnownMinter>
  /** By SHA-256 of the token, base64url. */
  tokens: LookupCache<KnownToken>
}

export const createCaches = (): Caches => ({
  connections: new LookupCache(50_000),
  keys: new LookupCache(10_000),
  sessions: new LookupCache(10_000),
  // Looked up again every two seconds, all of them.
  minters: new LookupCache(1000),
  tokens: new LookupCache(10_000),
})
