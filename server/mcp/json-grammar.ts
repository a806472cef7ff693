// Where a JSON string, number or literal ends (RFC 8259 §6, §7), in a text that holds a character for each byte of
// UTF-8. Strict: what `JSON.parse` would refuse is refused here, so that whoever scanned a message need not parse it.
import { BACKSLASH, CLOSE_ARRAY, CLOSE_OBJECT, COMMA, OPEN_ARRAY, OPEN_OBJECT, QUOTE } from '../lib/json-signs.ts'

export class MessageRefused extends Error {
  override readonly name = 'MessageRefused'
}

export const notJson = (): MessageRefused => new MessageRefused('The message is not valid JSON.')

const MINUS = 0x2d
const ZERO = 0x30
const NINE = 0x39
const DOT = 0x2e
const SIMPLE_ESCAPES = '"\\/bfnrt'
const HEX_DIGITS = /^[0-9a-fA-F]{4}$/

/** `start` is the opening quote's; the index after the closing one. @throws MessageRefused */
export function endOfString(text: string, start: number): number {
  for (let at = start + 1; ; at++) {
    const code = text.charCodeAt(at)
    if (code === QUOTE) return at + 1
    if (code === BACKSLASH) at = lastOfEscape(text, at)
    // Also NaN, which is the end of the text.
    else if (!(code >= 0x20)) throw notJson()
  }
}

function lastOfEscape(text: string, backslash: number): number {
  const sign = text.charAt(backslash + 1)
  if (sign === 'u' && HEX_DIGITS.test(text.slice(backslash + 2, backslash + 6))) return backslash + 5
  if (sign === '' || !SIMPLE_ESCAPES.includes(sign)) throw notJson()
  return backslash + 1
}

/** Of a number, `true`, `false` or `null`. @throws MessageRefused */
export function endOfScalar(text: string, start: number): number {
  const code = text.charCodeAt(start)
  if (code === MINUS || (code >= ZERO && code <= NINE)) return endOfNumber(text, start)
  for (const literal of ['true', 'false', 'null']) if (text.startsWith(literal, start)) return start + literal.length
  throw notJson()
}

function endOfNumber(text: string, start: number): number {
  let at = text.charCodeAt(start) === MINUS ? start + 1 : start
  // No zero in front of other digits.
  at = text.charCodeAt(at) === ZERO ? at + 1 : endOfDigits(text, at)
  if (text.charCodeAt(at) === DOT) at = endOfDigits(text, at + 1)
  const exponent = text.charAt(at)
  if (exponent !== 'e' && exponent !== 'E') return at
  const sign = text.charAt(at + 1)
  return endOfDigits(text, sign === '+' || sign === '-' ? at + 2 : at + 1)
}

function endOfDigits(text: string, start: number): number {
  let at = start
  while (isDigit(text.charCodeAt(at))) at++
  if (at === start) throw notJson()
  return at
}

const isDigit = (code: number) => code >= ZERO && code <= NINE

/** Of a string where nothing is judged: as far as the closing quote. */
export function closeOfString(text: string, start: number): number {
  let close = start
  for (;;) {
    close = text.indexOf('"', close + 1)
    if (close < 0) throw notJson()
    let before = close - 1
    while (text.charCodeAt(before) === BACKSLASH) before--
    if ((close - before) % 2 === 1) return close + 1
  }
}

/** Of an object or an array where nothing is judged, however deep it is: as far as the bracket that closes it. */
export function closeOfNested(text: string, start: number): number {
  let depth = 0
  for (let at = start; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === QUOTE) at = closeOfString(text, at) - 1
    else if (code === OPEN_OBJECT || code === OPEN_ARRAY) depth++
    else if ((code === CLOSE_OBJECT || code === CLOSE_ARRAY) && --depth === 0) return at + 1
  }
  throw notJson()
}

/** Of any other value where nothing is judged: as far as the next separator. */
export function closeOfScalar(text: string, start: number): number {
  let at = start
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === COMMA || code === CLOSE_OBJECT || code === CLOSE_ARRAY || code <= 0x20) break
  }
  if (at === start) throw notJson()
  return at
}
