// Where an MCP client may have people sent back to: over https, or to a port of their own machine (RFC 8252 §7.3).
import { isLoopbackHost } from '../config/loopback.ts'

const MAX_LENGTH = 1000
/** What a URI is written with (RFC 3986 §2); anything else would be read differently by somebody. */
const VISIBLE_ASCII = /^[\x21-\x7e]+$/

export function isAcceptableRedirect(text: string): boolean {
  if (text.length > MAX_LENGTH || !VISIBLE_ASCII.test(text) || text.includes('\\') || text.includes('#') || !URL.canParse(text)) return false
  const { protocol, username, password } = new URL(text)
  return username === '' && password === '' && (protocol === 'https:' || isOwnMachine(text))
}

export function isOwnMachine(text: string): boolean {
  const { protocol, hostname } = new URL(text)
  return protocol === 'http:' && isLoopbackHost(hostname)
}

/** Exactly one of them, but for the port of a person's own machine, which a client takes when it starts. */
export const isRegisteredRedirect = (registered: readonly string[], asked: string): boolean =>
  isAcceptableRedirect(asked) && registered.some((one) => one === asked || (isOwnMachine(one) && isOwnMachine(asked) && withoutPort(one) === withoutPort(asked)))

function withoutPort(text: string): string {
  const { hostname, pathname, search } = new URL(text)
  return JSON.stringify([hostname, pathname, search])
}

/** What a person is told about where they end up. */
export const hostOfRedirect = (text: string): string => new URL(text).host

/** Parameters are added to what is there (RFC 6749 §4.1.2). */
export function addToRedirect(redirectUri: string, parameters: Readonly<Record<string, string | undefined>>): string {
  const url = new URL(redirectUri)
  for (const [name, value] of Object.entries(parameters)) if (value !== undefined) url.searchParams.set(name, value)
  return url.href
}
