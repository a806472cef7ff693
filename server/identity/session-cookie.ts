// The cookie that makes a browser a member's. RFC 6265bis §4.1.3.2: with `__Host-` it can be set by this very host
// alone, which takes https; over http (a laptop, a private network) the plain name has to do.
import { Cookie } from 'lucia'
import type { Config } from '../config/config.ts'
import { SECOND_MS } from '../lib/units.ts'
import { isSecretToken } from './secret-token.ts'
import { ABSOLUTE_MS } from './session-adapter.ts'

type CookieConfig = Pick<Config, 'publicUrl'>

const isSecure = ({ publicUrl }: CookieConfig): boolean => publicUrl.protocol === 'https:'

export const sessionCookieName = (config: CookieConfig): string => (isSecure(config) ? '__Host-sid' : 'sid')

/** The value of a Set-Cookie header. */
export const sessionCookie = (config: CookieConfig, sessionId: string): string => serialize(config, sessionId, ABSOLUTE_MS / SECOND_MS)

export const clearedSessionCookie = (config: CookieConfig): string => serialize(config, '', 0)

const serialize = (config: CookieConfig, value: string, maxAge: number): string =>
  new Cookie(sessionCookieName(config), value, { httpOnly: true, secure: isSecure(config), sameSite: 'lax', path: '/', maxAge }).serialize()

/** The session id in a Cookie header, if something of its shape is there; of several the first, as the more specific one (RFC 6265 §5.4). */
export function readSessionId(config: CookieConfig, header: string | null | undefined): string | undefined {
  if (!header) return undefined
  const prefix = `${sessionCookieName(config)}=`
  const pair = header.split(';').map((text) => text.trim()).find((text) => text.startsWith(prefix))
  const value = pair?.slice(prefix.length)
  return value !== undefined && isSecretToken(value) ? value : undefined
}
