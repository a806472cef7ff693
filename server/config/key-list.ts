// What SECRETS_KEKS must look like, so that a slip is reported with all other problems. The vault, which
// reads the keys, judges how good they are.

const KEY_BYTES = 32

/** The first thing wrong with `id:base64,id:base64`, without quoting any of it. */
export function findKeyListProblem(text: string): string | undefined {
  for (const [index, entry] of text.split(',').entries()) {
    const which = `entry ${index + 1}`
    const match = /^\s*(?:[A-Za-z0-9_-]{1,32}:)?([A-Za-z0-9+/_-]+={0,2})\s*$/.exec(entry)
    if (!match) return `${which} is not id:base64 (an id is 1-32 letters, digits, _ or -)`
    const key = Buffer.from(match[1]!, 'base64')
    if (key.length !== KEY_BYTES) return `${which} holds ${key.length} bytes, a key has ${KEY_BYTES}: openssl rand -base64 32`
    // All zeros and friends: a placeholder, or a broken generator.
    if (new Set(key).size < KEY_BYTES / 2) return `${which} is not random: openssl rand -base64 32`
  }
  return undefined
}
