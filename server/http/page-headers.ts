// What a browser is told about every page: run only scripts with this answer's nonce, be framed by nobody.
import { DAY_MS, SECOND_MS } from '../lib/units.ts'

const HSTS_SECONDS = (365 * DAY_MS) / SECOND_MS

/** Content Security Policy Level 3. Editors and component libraries inject styles, so those may be inline. */
const contentSecurityPolicy = (nonce: string): string =>
  [
    "default-src 'self'",
    `script-src 'nonce-${nonce}'`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    // Sound in a tool's result; without this line default-src would refuse it.
    "media-src 'self' data:",
    "object-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "form-action 'self'",
  ].join('; ')

/** `https` is whether PUBLIC_URL is: over plain http a browser ignores HSTS (RFC 6797 §8.1). */
export const pageHeaders = ({ nonce, https }: { nonce: string; https: boolean }): Record<string, string> => ({
  'content-security-policy': contentSecurityPolicy(nonce),
  'x-content-type-options': 'nosniff',
  // A page and its data tell one visitor what is true now, and some show a secret once.
  'cache-control': 'no-store',
  // Not no-referrer: a same-origin POST would then carry `Origin: null` and fail our own check.
  'referrer-policy': 'same-origin',
  // A popup that we open on a provider must keep its opener.
  'cross-origin-opener-policy': 'same-origin-allow-popups',
  ...(https && { 'strict-transport-security': `max-age=${HSTS_SECONDS}` }),
})
