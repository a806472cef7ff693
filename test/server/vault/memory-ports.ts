// The vault's ports in memory, with the database's promises: names are unique, replacing is conditional.
import { randomBytes } from 'node:crypto'
import type { Canary, DataKeyStore, KeyName, WrappedKey } from '../../../server/vault/data-key-store.ts'
import { keyRing } from '../../../server/vault/key-encryption-keys.ts'
import type { SealedRow, SealedRows } from '../../../server/vault/sealed-rows.ts'
import { openVault, type SecretPlace } from '../../../server/vault/vault.ts'

export class MemoryKeyStore implements DataKeyStore {
  readonly keys = new Map<string, WrappedKey>()
  canary: Canary | undefined

  list = async () => [...this.keys.values()]

  async insert(key: WrappedKey) {
    if (this.keys.has(nameOf(key))) return false
    this.keys.set(nameOf(key), key)
    return true
  }

  async replace({ expectedWrapped, ...key }: WrappedKey & { expectedWrapped: string }) {
    if (this.keys.get(nameOf(key))?.wrapped !== expectedWrapped) return false
    this.keys.set(nameOf(key), key)
    return true
  }

  remove = async (name: KeyName) => this.keys.delete(nameOf(name))

  findCanary = async () => this.canary

  async insertCanary(canary: Canary) {
    if (this.canary) return false
    this.canary = canary
    return true
  }

  async replaceCanary({ expectedSealed, ...canary }: Canary & { expectedSealed: string }) {
    if (this.canary?.sealed !== expectedSealed) return false
    this.canary = canary
    return true
  }
}

const nameOf = (name: KeyName) => `${name.organizationId}/${name.purpose}/${name.version}`

export class MemoryRows implements SealedRows {
  readonly rows = new Map<string, SealedRow>()

  put = (row: SealedRow) => this.rows.set(row.id, row)

  next = async (afterId: string, limit: number) =>
    [...this.rows.values()].filter((row) => row.id > afterId).sort((a, b) => (a.id < b.id ? -1 : 1)).slice(0, limit)

  async replace(row: SealedRow, sealed: string) {
    if (this.rows.get(row.id)?.sealed !== row.sealed) return false
    this.put({ ...row, sealed })
    return true
  }
}

export const randomKek = (label = 'k1') => ({ label, bytes: randomBytes(32) })

export const placeOf = (change: Partial<SecretPlace> = {}): SecretPlace => ({
  organizationId: 'org_a',
  table: 'credential',
  column: 'sealed',
  rowId: 'con_1',
  generation: 1,
  ...change,
})

/** A vault with two organizations ready, over a store that other vaults may share. */
export async function vaultFor(input: { keks?: ReturnType<typeof randomKek>[]; store?: MemoryKeyStore; now?: () => number } = {}) {
  const { keks = [randomKek()], store = new MemoryKeyStore(), now = () => 0 } = input
  const vault = await openVault({ keks: keyRing(keks), store, now })
  await vault.prepareOrganization('org_a')
  await vault.prepareOrganization('org_b')
  return { vault, store, keks, now }
}
