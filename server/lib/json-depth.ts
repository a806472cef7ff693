// JSON.parse takes any depth, JSON.stringify runs out of stack: what is parsed to be written again is
// measured first.
import { BACKSLASH, CLOSE_ARRAY, CLOSE_OBJECT, OPEN_ARRAY, OPEN_OBJECT, QUOTE } from './json-signs.ts'

/** Of valid JSON. What is shorter than two brackets a level cannot, and costs nothing to find out. */
export function nestsDeeperThan(limit: number, bytes: Buffer): boolean {
  if (bytes.length <= limit * 2) return false
  let depth = 0
  for (let at = 0; at < bytes.length; at++) {
    const code = bytes[at]
    if (code === QUOTE) at = endOfString(bytes, at)
    else if (code === OPEN_OBJECT || code === OPEN_ARRAY) {
      if (++depth > limit) return true
    } else if (code === CLOSE_OBJECT || code === CLOSE_ARRAY) depth--
  }
  return false
}

/** The index of the closing quote; the end, if there is none. */
function endOfString(bytes: Buffer, open: number): number {
  for (let close = bytes.indexOf(QUOTE, open + 1); close >= 0; close = bytes.indexOf(QUOTE, close + 1)) {
    let before = close - 1
    while (bytes[before] === BACKSLASH) before--
    if ((close - before) % 2 === 1) return close
  }
  return bytes.length
}

/** The same of a value, looking no deeper than that. */
export const isDeeperThan = (levels: number, value: unknown): boolean =>
  typeof value === 'object' && value !== null && (levels === 0 || Object.values(value).some((member) => isDeeperThan(levels - 1, member)))
