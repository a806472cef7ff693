// A page that is handed megabytes shows their beginning and says so: a browser lays out every character that it is given.

export interface ClippedText {
  shown: string
  /** Characters left out; 0 if all are there. */
  hidden: number
}

export const MAX_SHOWN = 200_000

export function clipText(text: string, limit: number = MAX_SHOWN): ClippedText {
  if (text.length <= limit) return { shown: text, hidden: 0 }
  // Not between the halves of a character beyond U+FFFF.
  const end = /[\uD800-\uDBFF]/.test(text[limit - 1] ?? '') ? limit - 1 : limit
  return { shown: text.slice(0, end), hidden: text.length - end }
}

/** Indented if it is JSON with a structure; as it came if it is not, or too large to write anew for every look. */
export function prettyJson(text: string): string | undefined {
  if (text.length > MAX_SHOWN || !/^\s*[[{]/.test(text)) return undefined
  try {
    return JSON.stringify(JSON.parse(text), null, 2)
  } catch {
    return undefined
  }
}
