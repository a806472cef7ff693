import type { Document } from '../wire.ts'

/** 408 and 429 (RFC 9110 §15.5.9, RFC 6585 §4) speak of this moment, not of the document. */
const PASSING = new Set([408, 429])

/**
 * Whether an answer says that there is no document here, so that the next place may be asked. Gone, hidden or never there
 * are such answers; so is a page: servers that route every path to one answer 200 with HTML.
 */
export function isAbsent({ status, json }: Document): boolean {
  if (status === 200) return typeof json !== 'object' || json === null
  return status >= 400 && status < 500 && !PASSING.has(status)
}
