// Gives every organization a new data key, and moves all keys under the primary key encryption key.
// Digest keys are only wrapped anew: digests that lie in the database must go on matching.
import { moveCanary } from './canary.ts'
import type { Vault } from './vault.ts'

export interface RotateReport {
  /** The key encryption key that wraps everything now. */
  kekId: string
  /** New versions of organizations' data keys and of the instance's root key. */
  made: number
  /** Keys moved from an older key encryption key. */
  moved: number
}

export async function rotateKeys(vault: Vault): Promise<RotateReport> {
  const { keyring } = vault
  const { store, keks } = keyring
  await vault.refresh()
  const before = await store.list()
  const report: RotateReport = { kekId: keks.primary.id, made: 0, moved: 0 }

  const newest = new Map(before.toSorted((a, b) => a.version - b.version).map((row) => [`${row.purpose}/${row.organizationId}`, row]))
  for (const { organizationId, purpose, version } of newest.values()) {
    if (purpose !== 'digest' && (await keyring.mint({ organizationId, purpose, version: version + 1 }))) report.made += 1
  }

  for (const row of before.filter((row) => row.kekId !== keks.primary.id)) {
    const bytes = keyring.unwrap(row)
    const moved = await store.replace({ ...keyring.wrap(row, bytes, row.createdAt), expectedWrapped: row.wrapped })
    bytes.fill(0)
    if (moved) report.moved += 1
  }
  // Last: until every key is under the new one, the canary asks for the old one as well.
  await moveCanary(store, keks)
  return report
}
