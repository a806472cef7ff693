// The Mcp-Session-Id that our callers hold: the upstream's own session id and whose it is, sealed. Any
// process can serve the next request, nothing is lost in a restart, and an id that was forged, stolen
// by another principal or outlived its credential opens nothing.
import { randomBytes } from 'node:crypto'
import { HOUR_MS } from '../lib/units.ts'
import { IV_BYTES, openText, sealText } from '../vault/sealed-text.ts'
import type { Vault } from '../vault/vault.ts'

export interface DownstreamSession {
  connectionUid: string
  credentialGeneration: number
  principal: string
  /** `null`: the upstream gave none; the session is ours in name only. */
  upstreamSessionId: string | null
  /** HTTP+SSE upstreams: the stream that lives in one process. */
  stream: { instanceId: string; id: string } | null
  issuedAtMs: number
}

export const SESSION_LIFETIME_MS = 24 * HOUR_MS
const PREFIX = 'pb1'
const MAX_LENGTH = 4096
/** Of an upstream's id: sealed, ours stays below its own limit, and far below what a header may hold. */
export const MAX_UPSTREAM_ID = 2048

export function sealSessionId(vault: Vault, session: DownstreamSession): string {
  const { keyId, key } = vault.derivedKey('session-id')
  return `${PREFIX}.${keyId}.${sealText({ key, associatedData: `${PREFIX}.${keyId}` }, randomBytes(IV_BYTES), JSON.stringify(session))}`
}

/** `undefined` for whatever is not a session of this principal on this connection, now. */
export function openSessionId(
  vault: Vault,
  text: string,
  expected: { connectionUid: string; credentialGeneration: number; principal: string; nowMs: number },
): DownstreamSession | undefined {
  const session = decrypt(vault, text)
  if (!session) return undefined
  const isTheirs =
    session.connectionUid === expected.connectionUid &&
    session.credentialGeneration === expected.credentialGeneration &&
    session.principal === expected.principal
  return isTheirs && expected.nowMs - session.issuedAtMs < SESSION_LIFETIME_MS ? session : undefined
}

function decrypt(vault: Vault, text: string): DownstreamSession | undefined {
  if (text.length > MAX_LENGTH) return undefined
  const [prefix, keyId, body, ...rest] = text.split('.')
  if (prefix !== PREFIX || keyId === undefined || body === undefined || rest.length > 0) return undefined
  const key = vault.derivedKeyById('session-id', keyId)
  const plaintext = key && openText({ key, associatedData: `${PREFIX}.${keyId}` }, body)
  return plaintext === undefined ? undefined : (JSON.parse(plaintext) as DownstreamSession)
}
