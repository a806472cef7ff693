// What SECRETS_KEKS may look like. The vault opens it; here a bad list is refused before anything starts.

const KEY_BYTES = 32

/** The first thing wrong with `id:base64,id:base64`, without quoting any of it. */
export function findKeyListProblem(text: string): string | undefined {
  const seen = new Set<string>()
  for (const [index, entry] of text.split(',').entries()) {
    const which = `entry ${index + 1}`
    const match = /^\s*([A-Za-z0-9_-]{1,32}):([A-Za-z0-9+/_-]+=*)\s*$/.exec(entry)
    if (!match) return `${which} is not id:base64 (an id is 1-32 letters, digits, _ or -)`
    const key = Buffer.from(match[2]!, 'base64')
    if (key.length !== KEY_BYTES) return `${which} holds ${key.length} bytes, a key has ${KEY_BYTES}: openssl rand -base64 32`
    // All zeros and friends: a placeholder, or a broken generator.
    if (new Set(key).size < KEY_BYTES / 4) return `${which} is not random: openssl rand -base64 32`
    if (seen.has(match[1]!)) return `${which} repeats the id of an earlier one`
    seen.add(match[1]!)
  }
  return undefined
}
