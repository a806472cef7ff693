// What a ciphertext is bound to. Each field carries its length in front, so no two tuples spell the
// same bytes; a value moved to another row, column, tenant, generation or key does not open.

/** Where a sealed value lives. `generation` changes with every new secret in the row: an old blob put back does not open. */
export interface SecretPlace {
  organizationId: string
  table: string
  column: string
  rowId: string
  generation: number
}

export function placeData({ organizationId, table, column, rowId, generation }: SecretPlace, dataKeyVersion: number): Buffer {
  return lengthPrefixed(['plugboard', '1', organizationId, table, column, rowId, String(generation), String(dataKeyVersion)])
}

export const wrapData = (key: { organizationId: string; purpose: string; version: number }, kekId: string): Buffer =>
  lengthPrefixed(['plugboard', '1', key.organizationId, 'data_key', key.purpose, String(key.version), kekId])

export const canaryData = (kekId: string): Buffer => lengthPrefixed(['plugboard', '1', '', 'canary', kekId])

/** Each field as uint32be length and UTF-8 bytes. */
export function lengthPrefixed(fields: readonly string[]): Buffer {
  let length = 0
  for (const field of fields) length += 4 + Buffer.byteLength(field)
  const bytes = Buffer.allocUnsafe(length)
  let offset = 0
  for (const field of fields) {
    const written = bytes.write(field, offset + 4)
    bytes.writeUInt32BE(written, offset)
    offset += 4 + written
  }
  return bytes
}
