// Two small preferences of a browser. Neither is a credential: whoever forges one changes what they see themselves.

/** RFC 6265bis §5.6.3. Undefined if it is not there. */
export function readCookie(request: Request, name: string): string | undefined {
  for (const pair of (request.headers.get('cookie') ?? '').split(';')) {
    const [key, value] = pair.trim().split('=')
    if (key === name) return value
  }
  return undefined
}

const YEAR_SECONDS = 365 * 86_400

/** The value of a Set-Cookie header; `undefined` forgets. `value` must be made of letters, digits, hyphens and underscores. */
export const writeCookie = (name: string, value: string | undefined): string =>
  `${name}=${value ?? ''}; Path=/; Max-Age=${value === undefined ? 0 : YEAR_SECONDS}; HttpOnly; SameSite=Lax`
