/** A connect session is over. Says which one, not how: readers look it up as themselves. */
export interface ConnectSessionChange {
  organizationId: string
  connectSessionId: string
}
