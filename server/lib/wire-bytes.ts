/** Bytes, or a text with a character for each of them (Latin-1), which Node writes without a buffer in between. */
export type WireBytes = Buffer | string

export const bytesOf = (wire: WireBytes): Buffer => (typeof wire === 'string' ? Buffer.from(wire, 'latin1') : wire)
