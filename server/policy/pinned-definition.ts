// A tool that says it only reads can change its mind. What counts is what it said when a token was minted, and only while it
// says the same.

export interface SeenDefinition {
  seenAt: number
  /** Empty: it was not listed. */
  digest: string
  readOnly: boolean
}

const SECOND_MS = 1000

/** `seen`: of one tool, oldest first. `issuedAtMs` is a whole second: what was first seen within it counts as seen before. */
export function isPinnedReadOnly(seen: readonly SeenDefinition[], issuedAtMs: number): boolean {
  const pinned = seen.findLast(({ seenAt }) => seenAt <= issuedAtMs) ?? seen.find(({ seenAt }) => seenAt < issuedAtMs + SECOND_MS)
  const now = seen.at(-1)
  return pinned !== undefined && pinned.readOnly && pinned.digest !== '' && now?.digest === pinned.digest
}
