/** The members of a constraint, and `result`: the connection as a write would leave it. */
export type Limit =
  | 'resources'
  | 'namespaces'
  | 'metadata'
  | 'result'
  | 'operations'
  | 'origins'
  | 'calls'
  | 'methods'
  | 'rpcReqMatch'
  | 'tools'
  | 'readOnly'
  | 'arguments'

/** Whoever is stopped by one of these does not know the thing; by any other: knows it, and may not do this with it. */
const HIDING: ReadonlySet<Limit> = new Set(['resources', 'namespaces', 'metadata'])

export const isHiding = (limit: Limit): boolean => HIDING.has(limit)
