// The canary row: a known text under a key encryption key. It tells the right key from a wrong one
// before anything is written, so a wrong key never mints new keys over existing data.
import { openBytes, sealBytes } from './cipher.ts'
import { canaryData } from './associated-data.ts'
import type { Canary, DataKeyStore } from './data-key-store.ts'
import type { Kek, KeyEncryptionKeys } from './key-encryption-keys.ts'
import { canaryMissing, wrongKey } from './vault-errors.ts'

const TEXT = 'the key fits'

const sealCanary = (kek: Kek): Canary => ({
  kekId: kek.id,
  sealed: sealBytes(kek.wrappingKey, 1, canaryData(kek.id), Buffer.from(TEXT)),
})

/** @throws vault.kek_wrong, kek_canary_missing */
export async function checkCanary(store: DataKeyStore, keks: KeyEncryptionKeys): Promise<void> {
  const canary = (await store.findCanary()) ?? (await placeFirstCanary(store, keks))
  const refusal = wrongKey(canary.kekId, keks.all.map((kek) => kek.id))
  const kek = keks.all.find((candidate) => candidate.id === canary.kekId)
  if (!kek) throw refusal
  const text = openBytes(kek.wrappingKey, canaryData(kek.id), canary.sealed).toString()
  if (text !== TEXT) throw refusal
}

async function placeFirstCanary(store: DataKeyStore, keks: KeyEncryptionKeys): Promise<Canary> {
  if ((await store.list()).length > 0) throw canaryMissing()
  await keks.saveGenerated?.()
  const canary = sealCanary(keks.primary)
  if (await store.insertCanary(canary)) return canary
  // Another process booted first; its canary decides, and a different key is refused like any wrong one.
  return (await store.findCanary()) ?? canary
}

/** Seals the canary under the primary key; false if another process changed it meanwhile. */
export async function moveCanary(store: DataKeyStore, keks: KeyEncryptionKeys): Promise<boolean> {
  const canary = await store.findCanary()
  if (!canary) throw canaryMissing()
  if (canary.kekId === keks.primary.id) return true
  return store.replaceCanary({ ...sealCanary(keks.primary), expectedSealed: canary.sealed })
}
