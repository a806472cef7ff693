/** A replacement of one byte range; an empty range inserts. */
export interface Edit {
  start: number
  end: number
  text: string
}

/** The same bytes with the edits made; the edits must not overlap. */
export function splice(bytes: Buffer, edits: readonly Edit[]): Buffer {
  // Most messages get one edit: nothing to sort, and one buffer to fill.
  const ordered = edits.length > 1 ? edits.toSorted((a, b) => a.start - b.start) : edits
  let length = bytes.length
  for (const { start, end, text } of ordered) length += Buffer.byteLength(text) - (end - start)
  const out = Buffer.allocUnsafe(length)
  let from = 0
  let to = 0
  for (const { start, end, text } of ordered) {
    to += bytes.copy(out, to, from, start)
    to += out.write(text, to)
    from = end
  }
  bytes.copy(out, to, from)
  return out
}
