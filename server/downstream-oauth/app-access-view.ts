// An app that a member let in, as that member sees it.
export interface AppAccessView {
  id: string
  /** What the app calls itself. */
  clientName: string
  /** Where it is described; null if it registered by itself. */
  clientHost: string | null
  redirectHost: string
  namespace: string
  connectionIds: string[]
  metadata: { key: string; value: string }[]
  createdAt: string
  lastUsedAt: string
  /** Unless it is used again. */
  expiresAt: string
}
