// One request of a caller's call, as it leaves: with the credential, and within the bounds of calls.
import type { EgressRequest } from '../egress/egress.ts'
import { HEAD_TIMEOUT_MS, MAX_JSON_BYTES } from './collect-reply.ts'
import { headerListOf, type HeaderList } from './header-list.ts'
import type { OpenedTarget } from './upstream-target.ts'

/** Written out, not spread: this runs for every call. */
export const callRequest = (opened: OpenedTarget, method: 'POST' | 'GET', headers: HeaderList, body: string | null): EgressRequest => ({
  url: opened.url,
  method,
  headers: headerListOf(opened.headers).concat(headers),
  body,
  trust: 'configured',
  payer: opened.payer,
  headersTimeoutMs: HEAD_TIMEOUT_MS,
  bodyIdleTimeoutMs: HEAD_TIMEOUT_MS,
  maxBytes: MAX_JSON_BYTES,
})
