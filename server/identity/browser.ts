/** Who knocks, before anybody knows them: for limits, and for the list in which a member recognises a browser. */
export interface Browser {
  /** As far as TRUSTED_PROXIES lets us see. */
  address: string
  userAgent: string
}
