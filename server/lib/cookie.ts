// Cookies of ours (RFC 6265bis): never readable by scripts, never sent along by another site's form. With `__Host-` only
// this very host can set one, which takes https; over http (a laptop, a private network) the plain name has to do.

export interface CookieInput {
  name: string
  value: string
  secure: boolean
  maxAgeSeconds: number
}

export const hostCookieName = (name: string, secure: boolean): string => (secure ? `__Host-${name}` : name)

/** The value of a Set-Cookie header. `value` is made of characters that need no quoting. */
export const hostCookie = ({ name, value, secure, maxAgeSeconds }: CookieInput): string =>
  `${hostCookieName(name, secure)}=${value}; HttpOnly; Max-Age=${maxAgeSeconds}; Path=/; SameSite=Lax${secure ? '; Secure' : ''}`

/** Of several with this name the first, as the more specific one (RFC 6265 §5.4). */
export function readCookie(header: string | null | undefined, name: string): string | undefined {
  const prefix = `${name}=`
  return header?.split(';').map((text) => text.trim()).find((text) => text.startsWith(prefix))?.slice(prefix.length)
}
