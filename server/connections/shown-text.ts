// Upstreams name themselves, their tools and their failures; people read it in lists beside our own words.
import { wellFormed } from '../lib/well-formed.ts'

const MAX_TEXT = 300

/** Unicode TR 9 §2: embeddings, overrides and isolates, which make what follows them read as something else (`exe.gnp`). */
const withoutDirections = (text: string): string => text.replace(/[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]/g, '')

/** An upstream's text, of bounded length; undefined for what is no text. */
export const shownText = (value: unknown, max = MAX_TEXT): string | undefined =>
  typeof value === 'string' ? withoutDirections(wellFormed(value.slice(0, max))) : undefined
