// What a browser is told about every page: run only scripts with this answer's nonce, be framed by nobody.
import { DAY_MS, SECOND_MS } from '../lib/units.ts'

const HSTS_SECONDS = (365 * DAY_MS) / SECOND_MS

/** Content Security Policy Level 3. Editors and component libraries inject styles, so those may be inline. */
const contentSecurityPolicy = (nonce: string, formTargets: readonly string[]): string =>
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
    ["form-action 'self'", ...formTargets].join(' '),
  ].join('; ')

export interface PageHeadersInput {
  nonce: string
  /** Whether PUBLIC_URL is: over plain http a browser ignores HSTS (RFC 6797 §8.1). */
  https: boolean
  /** Origins besides our own that a form of this page may lead to. */
  formTargets?: readonly string[]
  /** Its address is known to nobody but its visitor, and no form of it posts. */
  silent?: boolean
}

export const pageHeaders = ({ nonce, https, formTargets = [], silent = false }: PageHeadersInput): Record<string, string> => ({
  'content-security-policy': contentSecurityPolicy(nonce, formTargets),
  'x-content-type-options': 'nosniff',
  // A page and its data tell one visitor what is true now, and some show a secret once.
  'cache-control': 'no-store',
  // Not no-referrer: a same-origin POST would then carry `Origin: null` and fail our own check.
  'referrer-policy': silent ? 'no-referrer' : 'same-origin',
  // A popup that we open on a provider must keep its opener.
  'cross-origin-opener-policy': 'same-origin-allow-popups',
  ...(https && { 'strict-transport-security': `max-age=${HSTS_SECONDS}` }),
})
