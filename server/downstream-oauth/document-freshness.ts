// How long what a document said counts without another look (Client ID Metadata Documents §4.3, RFC 9111 §4.2).
import type { ResponseHeaders } from '../egress/egress.ts'
import { DAY_MS, MINUTE_MS, SECOND_MS } from '../lib/units.ts'

/** Also for what must not be stored: a consent is a page and an answer, and both are about the same app. */
const SHORTEST_MS = 5 * MINUTE_MS
const LONGEST_MS = DAY_MS

/** A cache for many people (RFC 9111 §5.2.2.10). */
export function freshForMs(headers: ResponseHeaders): number {
  const directives = textOf(headers['cache-control']).toLowerCase().split(',').map((directive) => directive.trim())
  if (directives.some((directive) => /^no-(store|cache)\b/.test(directive))) return SHORTEST_MS
  const lifetime = secondsOf(directives, 's-maxage') ?? secondsOf(directives, 'max-age') ?? 0
  const age = Number(textOf(headers.age)) || 0
  return Math.min(Math.max((lifetime - age) * SECOND_MS, SHORTEST_MS), LONGEST_MS)
}

function secondsOf(directives: readonly string[], name: string): number | undefined {
  const [, digits] = directives.map((directive) => new RegExp(`^${name}="?(\\d{1,10})"?$`).exec(directive)).find((match) => match !== null) ?? []
  return digits === undefined ? undefined : Number(digits)
}

const textOf = (value: string | readonly string[] | undefined): string => (typeof value === 'string' ? value : (value ?? []).join(','))
