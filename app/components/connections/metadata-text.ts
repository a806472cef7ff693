// A metadata value as one line of a form, and back. Text stands as it is, everything else as JSON; text that would be read
// as something else, or needs more than a line, stands in quotes.
import type { ConnectionView } from './connection-types.ts'

type Metadata = NonNullable<ConnectionView['metadata']>
export type MetadataValue = Metadata[string]

const LOOKS_LIKE_JSON = /^\s*[[{"]/

/**
 * Digits are text, as ids are; filters compare numbers and booleans by their text anyway. `stored` is what stood there
 * before: it stays what it is, whatever its type, as long as its line was not changed.
 */
export function readMetadataValue(text: string, stored?: MetadataValue): MetadataValue {
  if (stored !== undefined && writeMetadataValue(stored) === text) return stored
  if (!LOOKS_LIKE_JSON.test(text)) return text.trim()
  try {
    return JSON.parse(text) as MetadataValue
  } catch {
    return text.trim()
  }
}

export function writeMetadataValue(value: MetadataValue): string {
  if (typeof value !== 'string') return JSON.stringify(value)
  return readMetadataValue(value) === value && !/[\r\n]/.test(value) ? value : JSON.stringify(value)
}
