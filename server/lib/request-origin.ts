/** Where a request came from, as far as it can be seen: for limits and for the audit log. */
export interface RequestOrigin {
  /** As far as TRUSTED_PROXIES lets us see. */
  address: string
  userAgent: string
  /** Of the request itself, where it has one. */
  requestId?: string
}

/** Asked only when something is written down: most requests are calls, and are not. */
export type ReadOrigin = () => RequestOrigin
