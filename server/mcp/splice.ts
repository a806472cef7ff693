import type { Range } from './json-scanner.ts'
import { toWire } from './wire-text.ts'

/** A replacement of one byte range; an empty range inserts. `text` is any text; on the wire it is UTF-8. */
export interface Edit {
  start: number
  end: number
  text: string
}

// Written out: an object spread into another one costs more than the rest of a call's splicing.
export const replaceAt = ({ start, end }: Range, text: string): Edit => ({ start, end, text })

export const insertAt = (at: number, text: string): Edit => ({ start: at, end: at, text })

/** The same bytes with the edits made; the edits must not overlap. */
export const splice = (bytes: Buffer, edits: readonly Edit[]): Buffer => Buffer.from(spliceText(bytes.toString('latin1'), edits), 'latin1')

/** The same for bytes that were read as Latin-1, a character for each: Node writes such a text without a buffer in between. */
export function spliceText(text: string, edits: readonly Edit[]): string {
  // Most messages get one edit: nothing to sort.
  const ordered = edits.length > 1 ? edits.toSorted((a, b) => a.start - b.start) : edits
  let out = ''
  let from = 0
  for (const edit of ordered) {
    out += text.slice(from, edit.start) + toWire(edit.text)
    from = edit.end
  }
  return out + text.slice(from)
}
