// Which characters make a field's name and a field's value. What is sent and what is read are held to the same.

const TOKEN_CHARACTERS = "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"

/** RFC 9110 §5.6.2, by character code: 1 if a name may contain it. */
export const TOKEN_CODES = tableOf((code) => TOKEN_CHARACTERS.includes(String.fromCharCode(code)))

/** RFC 9110 §5.5, by character code: visible characters, obs-text, space and tab; so neither CR nor LF nor NUL. */
export const TEXT_CODES = tableOf((code) => code === 0x09 || (code >= 0x20 && code !== 0x7f))

/** The same as parts of a regular expression. */
export const TOKEN_PATTERN = "[!#$%&'*+\\-.^_`|~0-9A-Za-z]+"
export const TEXT_PATTERN = '[\\t\\x20-\\x7e\\x80-\\xff]*'

function tableOf(holds: (code: number) => boolean): Uint8Array {
  return Uint8Array.from({ length: 256 }, (_, code) => (holds(code) ? 1 : 0))
}
