// What whoever removes something learns.
export interface Removal {
  undoUntil: string
  /** Whether its authorization server has a way to take its grant back then (RFC 7009); absent if nothing was granted. */
  takesGrantBack?: boolean
}

export interface NamespaceRemoval {
  /** Null if nothing was granted to any of its connections. */
  grants: { givenBack: number; left: number } | null
}
