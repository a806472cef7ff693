/** A connection was made, changed its status or went. Says which one, not what it holds: readers look it up as themselves. */
export interface StatusChange {
  organizationId: string
  namespace: string
  connectionId: string
  connectionUid: string
  state: 'connected' | 'auth_required' | 'input_required' | 'disconnected' | 'error' | 'deleted'
}
