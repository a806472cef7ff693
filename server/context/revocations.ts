// The service tokens that were ended before their time, as far as this process knows: in memory, so that a call does not
// ask the database. `server/tokens/learn-revocations.ts` keeps it up to date.

export interface Revocation {
  signatureHash: string
  /** From then on the token is over anyway. */
  endsAt: number
}

export class Revocations {
  readonly #ends = new Map<string, number>()
  #askedAtMs: number | undefined

  /** Up to which of the database's revocations all are known. */
  sequence = 0

  /** Whether anybody ever needed to know. */
  get isInUse(): boolean {
    return this.#askedAtMs !== undefined
  }

  /** Whether the database was asked within the last `maxAgeMs`. A clock that was set back is no proof of it. */
  isCurrent(nowMs: number, maxAgeMs: number): boolean {
    return this.#askedAtMs !== undefined && nowMs >= this.#askedAtMs && nowMs - this.#askedAtMs < maxAgeMs
  }

  includeAny(signatureHashes: readonly string[]): boolean {
    return signatureHashes.some((hash) => this.#ends.has(hash))
  }

  add({ signatureHash, endsAt }: Revocation): void {
    this.#ends.set(signatureHash, endsAt)
  }

  /** The database was asked then; what is over needs no remembering. */
  settle(askedAtMs: number): void {
    this.#askedAtMs = askedAtMs
    for (const [hash, endsAt] of this.#ends) if (endsAt <= askedAtMs) this.#ends.delete(hash)
  }
}
