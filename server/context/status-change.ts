/** A connection was made, changed its status or went. Readers look up as themselves what it holds. */
export interface StatusChange {
  organizationId: string
  namespace: string
  connectionId: string
  connectionUid: string
  /** What it had, for judging who may hear that it is gone; unknown where many go at once. */
  metadata?: Readonly<Record<string, unknown>> | null
  state: 'connected' | 'auth_required' | 'input_required' | 'disconnected' | 'error' | 'deleted'
}
