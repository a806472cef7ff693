// Half of a surrogate pair, sent or left by a cut, is no character that could be written as UTF-8: it would not come back from the
// database as it went in, and libSQL ends the process when it reads what SQLite's JSON functions made of it.

// Made once: the bundler writes such a pattern as a constructor, and building it costs more than looking.
const HALF_PAIR = /\p{Surrogate}/gu

/** U+FFFD for each half. */
export const wellFormed = (text: string): string => text.replace(HALF_PAIR, '\ufffd')
