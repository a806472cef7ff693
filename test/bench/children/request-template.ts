// A request with two gaps, filled in place for each call: its nonce, which the answer must carry, and
// the connection that it goes through. Nothing else is made per call.

export const NONCE_GAP = '%%%NONCE%%%%'
export const CONNECTION_GAP = '%ID%%%'

/** As long as the gap. */
export const nonceText = (nonce: number): string => String(nonce).padStart(NONCE_GAP.length, '0')
/** `c00042`, as long as the gap; a valid connection id. */
export const connectionName = (index: number): string => `c${String(index).padStart(CONNECTION_GAP.length - 1, '0')}`

export class RequestTemplate {
  readonly #bytes: Buffer
  readonly #nonceAt: number
  readonly #connectionAt: number

  constructor(text: string) {
    this.#bytes = Buffer.from(text)
    this.#nonceAt = this.#bytes.indexOf(NONCE_GAP)
    this.#connectionAt = this.#bytes.indexOf(CONNECTION_GAP)
    if (this.#nonceAt < 0) throw new Error('A request without a nonce cannot be checked')
  }

  /** The same buffer every time: one template for each connection that sends. */
  fill(nonce: string, connection: number): Buffer {
    this.#bytes.write(nonce, this.#nonceAt, 'latin1')
    if (this.#connectionAt >= 0) this.#bytes.write(connectionName(connection), this.#connectionAt, 'latin1')
    return this.#bytes
  }
}
