// The data keys, unwrapped, in memory; plaintext secrets never are. A key that another process made
// appears at the next `refresh`, one that it retired disappears.
import { createSecretKey, randomBytes, type KeyObject } from 'node:crypto'
import { wrapData } from './associated-data.ts'
import { openBytes, sealBytes } from './cipher.ts'
import type { DataKeyStore, KeyName, KeyPurpose, WrappedKey } from './data-key-store.ts'
import type { KeyEncryptionKeys } from './key-encryption-keys.ts'
import type { Now } from '../lib/clock.ts'
import { SingleFlight } from '../lib/single-flight.ts'
import { dataKeyUnknown, undecipherable, wrongKey } from './vault-errors.ts'

export interface VersionedKey {
  version: number
  key: KeyObject
  createdAt: number
  /** When we learnt of it, counted in keys: a list that was asked for earlier cannot know it. */
  learnt: number
}

/** All versions of one key, for reading, and the newest, for writing. */
interface KeyLine {
  newest: VersionedKey
  versions: Map<number, VersionedKey>
}

export class Keyring {
  readonly #lines = new Map<string, KeyLine>()
  readonly #flights = new SingleFlight<void>()
  #learnt = 0
  #running: Promise<void> = Promise.resolve()
  #queued: Promise<void> | undefined

  constructor(
    readonly keks: KeyEncryptionKeys,
    readonly store: DataKeyStore,
    readonly now: Now,
  ) {}

  find(organizationId: string, purpose: KeyPurpose, version: number): VersionedKey | undefined {
    return this.#lines.get(lineName(organizationId, purpose))?.versions.get(version)
  }

  newest(organizationId: string, purpose: KeyPurpose): VersionedKey | undefined {
    return this.#lines.get(lineName(organizationId, purpose))?.newest
  }

  /** Reads every key at start. @throws vault.kek_wrong if one is wrapped by a key that is not configured */
  async load(): Promise<void> {
    const rows = await this.store.list()
    const unreadable = rows.find((row) => !this.#kek(row.kekId))
    if (unreadable) throw wrongKey(unreadable.kekId, this.keks.all.map((kek) => kek.id))
    this.#adopt(rows, 0)
  }

  /** Reads again what other processes may have changed. Callers share a read, but only one that starts after they asked. */
  refresh(): Promise<void> {
    this.#queued ??= this.#running.then(() => {
      this.#queued = undefined
      const read = this.#reload()
      this.#running = read.catch(() => undefined)
      return read
    })
    return this.#queued
  }

  async #reload(): Promise<void> {
    const asked = this.#learnt
    this.#adopt(await this.store.list(), asked)
  }

  /** Makes the first version of a key unless there is one, here or in another process. */
  async ensure(organizationId: string, purpose: KeyPurpose): Promise<void> {
    if (this.newest(organizationId, purpose)) return
    await this.#flights.run(lineName(organizationId, purpose), async () => {
      await this.refresh()
      if (!this.newest(organizationId, purpose)) await this.mint({ organizationId, purpose, version: 1 })
    })
    if (!this.newest(organizationId, purpose)) throw dataKeyUnknown(1)
  }

  /** Makes one version of a key. If another process was first, that one counts. */
  async mint(name: KeyName): Promise<boolean> {
    const bytes = randomBytes(32)
    const row = this.wrap(name, bytes, this.now())
    const inserted = await this.store.insert(row)
    if (inserted) this.#put(row, createSecretKey(bytes))
    else await this.refresh()
    bytes.fill(0)
    return inserted
  }

  wrap(name: KeyName, bytes: Buffer, createdAt: number): WrappedKey {
    const { id: kekId, wrappingKey } = this.keks.primary
    return { ...name, wrapped: sealBytes(wrappingKey, 1, wrapData(name, kekId), bytes), kekId, createdAt }
  }

  /** The raw key; the caller wipes it. @throws vault.undecipherable */
  unwrap(row: WrappedKey): Buffer {
    const kek = this.#kek(row.kekId)
    if (!kek) throw undecipherable()
    return openBytes(kek.wrappingKey, wrapData(row, row.kekId), row.wrapped)
  }

  #kek(id: string) {
    return this.keks.all.find((kek) => kek.id === id)
  }

  /** Takes the rows as they are: new ones in, vanished ones out. Known keys are not unwrapped again. */
  #adopt(rows: readonly WrappedKey[], asked: number): void {
    const present = new Set(rows.map((row) => `${lineName(row.organizationId, row.purpose)}/${row.version}`))
    for (const [line, { versions }] of this.#lines) {
      for (const { version, learnt } of versions.values()) {
        if (learnt <= asked && !present.has(`${line}/${version}`)) versions.delete(version)
      }
      this.#settle(line, versions)
    }
    for (const row of rows) {
      // Another process may already run with a newer key encryption key; what it wraps is read after our own restart.
      if (this.find(row.organizationId, row.purpose, row.version) || !this.#kek(row.kekId)) continue
      const bytes = this.unwrap(row)
      this.#put(row, createSecretKey(bytes))
      bytes.fill(0)
    }
  }

  #put(row: WrappedKey, key: KeyObject): void {
    const line = lineName(row.organizationId, row.purpose)
    const versions = this.#lines.get(line)?.versions ?? new Map<number, VersionedKey>()
    versions.set(row.version, { version: row.version, key, createdAt: row.createdAt, learnt: ++this.#learnt })
    this.#settle(line, versions)
  }

  #settle(line: string, versions: Map<number, VersionedKey>): void {
    const newest = versions.get(Math.max(...versions.keys()))
    if (newest) this.#lines.set(line, { newest, versions })
    else this.#lines.delete(line)
  }
}

const lineName = (organizationId: string, purpose: KeyPurpose) => `${purpose}/${organizationId}`
