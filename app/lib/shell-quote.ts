/** One POSIX shell word, whatever `text` holds (POSIX.1-2017 §2.2.2: nothing is special between single quotes). */
export const shellQuote = (text: string): string => (/^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`)
