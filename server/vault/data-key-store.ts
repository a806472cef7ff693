// The port through which the vault keeps its wrapped keys. Whoever implements it sees no key.

/** `secrets` seals, `digest` makes lookup digests, `root` (organization '') feeds the derived keys. */
export type KeyPurpose = 'secrets' | 'digest' | 'root'

export interface KeyName {
  organizationId: string
  purpose: KeyPurpose
  version: number
}

export interface WrappedKey extends KeyName {
  /** The key, sealed under the key encryption key that `kekId` names. */
  wrapped: string
  kekId: string
  /** Milliseconds since the epoch. */
  createdAt: number
}

/** A known text sealed under a key encryption key: tells the right key from a wrong one before anything is written. */
export interface Canary {
  kekId: string
  sealed: string
}

export interface DataKeyStore {
  list(): Promise<WrappedKey[]>
  /** False if a key of that name exists: another process was first. */
  insert(key: WrappedKey): Promise<boolean>
  /** False if the stored `wrapped` is no longer the expected one. */
  replace(key: WrappedKey & { expectedWrapped: string }): Promise<boolean>
  remove(name: KeyName): Promise<boolean>
  findCanary(): Promise<Canary | undefined>
  /** False if there is one. */
  insertCanary(canary: Canary): Promise<boolean>
  replaceCanary(canary: Canary & { expectedSealed: string }): Promise<boolean>
}
