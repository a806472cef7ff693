const MAX_TEXT = 300

/** Half of a pair, sent or left by the cut, is no character that could be written as UTF-8. */
const wellFormed = (text: string): string => text.replace(/\p{Surrogate}/gu, '\ufffd')

/** An upstream's text, of bounded length; undefined for what is no text. */
export const shownText = (value: unknown, max = MAX_TEXT): string | undefined =>
  typeof value === 'string' ? wellFormed(value.slice(0, max)) : undefined
