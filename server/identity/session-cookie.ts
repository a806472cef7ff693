// The cookie that makes a browser a member's.
import type { Config } from '../config/config.ts'
import { hostCookie, hostCookieName, readCookie } from '../lib/cookie.ts'
import { SECOND_MS } from '../lib/units.ts'
import { isSecretToken } from './secret-token.ts'
import { ABSOLUTE_MS } from './session-adapter.ts'

type CookieConfig = Pick<Config, 'publicUrl'>

const NAME = 'sid'

const isSecure = ({ publicUrl }: CookieConfig): boolean => publicUrl.protocol === 'https:'

export const sessionCookieName = (config: CookieConfig): string => hostCookieName(NAME, isSecure(config))

/** The value of a Set-Cookie header. */
export const sessionCookie = (config: CookieConfig, sessionId: string): string => cookieOf(config, sessionId, ABSOLUTE_MS / SECOND_MS)

export const clearedSessionCookie = (config: CookieConfig): string => cookieOf(config, '', 0)

const cookieOf = (config: CookieConfig, value: string, maxAgeSeconds: number): string =>
  hostCookie({ name: NAME, value, secure: isSecure(config), maxAgeSeconds })

/** The session id in a Cookie header, if something of its shape is there. */
export function readSessionId(config: CookieConfig, header: string | null | undefined): string | undefined {
  const value = readCookie(header, sessionCookieName(config))
  return value !== undefined && isSecretToken(value) ? value : undefined
}
