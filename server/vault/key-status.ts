// What an operator wants to know before and after a rotation.
import { countOlderRows } from './retire-keys.ts'
import type { SealedRows } from './sealed-rows.ts'
import type { Vault } from './vault.ts'

export interface KeyStatus {
  keks: { id: string; label: string; primary: boolean; wraps: number }[]
  organizations: number
  /** Data keys that a newer version has superseded. */
  supersededKeys: number
  /** Stored secrets that `rewrap` would seal again. */
  olderRows: number
}

export async function readKeyStatus(vault: Vault, tables: readonly SealedRows[]): Promise<KeyStatus> {
  const { store, keks } = vault.keyring
  await vault.refresh()
  const keys = await store.list()
  const lines = new Set(keys.map((key) => `${key.purpose}/${key.organizationId}`))
  const labels = new Map(keks.all.map((kek) => [kek.id, kek.label]))
  const ids = new Set([...labels.keys(), ...keys.map((key) => key.kekId)])
  return {
    keks: [...ids].map((id) => ({
      id,
      label: labels.get(id) ?? '(not configured)',
      primary: id === keks.primary.id,
      wraps: keys.filter((key) => key.kekId === id).length,
    })),
    organizations: keys.filter((key) => key.purpose === 'secrets').reduce((ids, key) => ids.add(key.organizationId), new Set()).size,
    supersededKeys: keys.length - lines.size,
    olderRows: await countOlderRows(vault, tables),
  }
}
