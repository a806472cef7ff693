// The root key: the operator's own, an admin key of the first organization. It comes from the
// environment, or is made once and kept in DATA_DIR. Changing it revokes the one before.
import { join } from 'node:path'
import type { Database } from '../../db/database.ts'
import { findApiKeyByDigest, insertApiKey, listApiKeys, revokeApiKey } from '../../db/queries/api-keys.ts'
import { systemSource } from '../audit/audit-entry.ts'
import type { AuditLog } from '../audit/audit-log.ts'
import type { Config } from '../config/config.ts'
import { keyRow } from '../identity/api-keys.ts'
import { digestOfKey, generateKey } from '../identity/key-format.ts'
import { AppError } from '../lib/app-error.ts'
import { Secret } from '../lib/secret.ts'
import { readSmallFile, writeSmallFile } from './small-file.ts'

export interface RootKey {
  key: Secret
  digest: string
  /** Where it lies, unless it came from the environment. */
  file: string | undefined
}

export function loadRootKey(config: Config): RootKey {
  if (config.rootKey) return { key: config.rootKey, digest: digestOfKey(config.rootKey.reveal()), file: undefined }
  const file = join(config.dataDir, 'root-key')
  const stored = readSmallFile(file)
  const key = stored || generateKey()
  if (!stored) writeSmallFile(file, key)
  return { key: new Secret(key), digest: digestOfKey(key), file }
}

/** Makes the database agree with the key that the operator holds now. */
export async function installRootKey({ db, audit }: { db: Database; audit: AuditLog }, rootKey: RootKey, organizationId: string, nowMs: number): Promise<void> {
  const existing = await findApiKeyByDigest(db, rootKey.digest)
  if (existing && (existing.revokedAt !== null || !existing.isRoot)) throw rootKeyWasUsed()
  // Only now: a start that is refused must leave the old key as it was.
  for (const row of await listApiKeys(db, { organizationId })) {
    if (!row.isRoot || row.digest === rootKey.digest || row.revokedAt !== null) continue
    await revokeApiKey(db, { organizationId, id: row.id, at: nowMs })
    await audit.write(systemSource(organizationId), { action: 'key.revoke', target: { kind: 'api_key', id: row.id }, details: { name: row.name } })
  }
  if (existing) return
  const key = rootKey.key.reveal()
  const row = keyRow({ key, name: 'Root key', organizationId, isRoot: true, createdAt: nowMs, expiresAt: null })
  await insertApiKey(db, row)
  await audit.write(systemSource(organizationId), { action: 'key.create', target: { kind: 'api_key', id: row.id }, details: { name: row.name } })
}

const rootKeyWasUsed = () =>
  new AppError({
    code: 'identity.root_key_used',
    kind: 'internal',
    message: 'This root key was revoked before, or is an ordinary API key. Set PLUGBOARD_ROOT_KEY to a fresh value (openssl rand -base64 32).',
  })
