// Seals what must be used again and opens it for one call. Synchronous and cheap, because a
// credential is opened for every call and its plaintext is kept nowhere.
import { createHmac } from 'node:crypto'
import { lengthPrefixed, placeData, type SecretPlace } from './associated-data.ts'
import { checkCanary } from './canary.ts'
import { findSealedVersion, openPlaintext, parseSealed, sealBytes } from './cipher.ts'
import type { DataKeyStore } from './data-key-store.ts'
import { deriveBytes, type DerivedKeyLabel } from './key-labels.ts'
import type { KeyEncryptionKeys } from './key-encryption-keys.ts'
import { Keyring } from './keyring.ts'
import type { Now } from '../lib/clock.ts'
import { dataKeyUnknown, organizationUnprepared, undecipherable } from './vault-errors.ts'

export type { SecretPlace } from './associated-data.ts'

export interface Vault {
  /** Makes an organization's keys, or finds them made. Before its first `seal` or `digest`. */
  prepareOrganization(organizationId: string): Promise<void>
  /** @throws vault.organization_unprepared */
  seal(place: SecretPlace, plaintext: string): string
  /** @throws vault.undecipherable; vault.data_key_unknown: `refresh()` and try once more */
  open(place: SecretPlace, sealed: string): string
  /** The same for a value that is opened for every call: what is public about it is worked out once. */
  opener(place: SecretPlace, sealed: string): () => string
  /** HMAC-SHA256 in base64url under a key that stays the organization's own for ever: equal texts, equal digests. */
  digest(organizationId: string, purpose: string, text: string): string
  /** The instance's key for one use, to make new values with; `keyId` goes into the value. */
  derivedKey(label: DerivedKeyLabel): DerivedKey
  /** The key that an older value was made with. If undefined, another process may have made it: `refresh()` and ask once more. */
  derivedKeyById(label: DerivedKeyLabel, keyId: string): Buffer | undefined
  /** Learns of keys that other processes made or retired. */
  refresh(): Promise<void>
  /** For key maintenance alone. */
  readonly keyring: Keyring
}

export interface DerivedKey {
  keyId: string
  key: Buffer
}

/** The instance's root key belongs to no organization. */
export const ROOT = { organizationId: '', purpose: 'root' } as const

/** @throws vault.kek_wrong, kek_canary_missing, undecipherable: in each case nothing was written */
export async function openVault({ keks, store, now }: { keks: KeyEncryptionKeys; store: DataKeyStore; now: Now }): Promise<Vault> {
  await checkCanary(store, keks)
  const keyring = new Keyring(keks, store, now)
  await keyring.load()
  await keyring.ensure(ROOT.organizationId, ROOT.purpose)
  const derived = new Map<string, Buffer>()

  function derivedKeyById(label: DerivedKeyLabel, keyId: string): Buffer | undefined {
    // Parsed from what a stranger sent; only the spelling that we write names a key.
    if (!/^[1-9][0-9]{0,8}$/.test(keyId)) return undefined
    const root = keyring.find(ROOT.organizationId, ROOT.purpose, Number(keyId))
    if (!root) return undefined
    const name = `${label}/${keyId}`
    const key = derived.get(name) ?? deriveBytes(root.key.export(), label)
    derived.set(name, key)
    return key
  }

  function opener(place: SecretPlace, sealed: string): () => string {
    const version = findSealedVersion(sealed)
    if (version === undefined) throw undecipherable()
    const dataKey = keyring.find(place.organizationId, 'secrets', version)
    if (!dataKey) throw dataKeyUnknown(version)
    const associatedData = placeData(place, version)
    const parts = parseSealed(sealed)
    return () => openPlaintext(dataKey.key, associatedData, parts)
  }

  return {
    keyring,
    refresh: () => keyring.refresh(),
    derivedKeyById,

    async prepareOrganization(organizationId) {
      await keyring.ensure(organizationId, 'secrets')
      await keyring.ensure(organizationId, 'digest')
    },

    seal(place, plaintext) {
      const newest = keyring.newest(place.organizationId, 'secrets')
      if (!newest) throw organizationUnprepared()
      const bytes = Buffer.from(plaintext)
      const sealed = sealBytes(newest.key, newest.version, placeData(place, newest.version), bytes)
      bytes.fill(0)
      return sealed
    },

    open: (place, sealed) => opener(place, sealed)(),
    opener,

    digest(organizationId, purpose, text) {
      const digestKey = keyring.newest(organizationId, 'digest')
      if (!digestKey) throw organizationUnprepared()
      return createHmac('sha256', digestKey.key).update(lengthPrefixed([purpose, text])).digest('base64url')
    },

    derivedKey(label) {
      const keyId = String(keyring.newest(ROOT.organizationId, ROOT.purpose)?.version)
      const key = derivedKeyById(label, keyId)
      if (!key) throw organizationUnprepared()
      return { keyId, key }
    },
  }
}
