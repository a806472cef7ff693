// The tokens whose verification is timed.
export interface TokenShape {
  name: string
  /** A narrowing for each further block. */
  narrowings: readonly object[]
}

const GRANT = { namespaces: ['demo'], operations: ['read', 'execute'], metadata: [{ userId: 'user-0' }] }

/** Of every root. */
export const ROOT_POLICY = [GRANT]

export const TOKEN_SHAPES: readonly TokenShape[] = [
  { name: 'as it was minted', narrowings: [] },
  { name: 'narrowed twice', narrowings: [{ policy: [{ operations: ['execute'] }] }, { policy: [{ tools: ['echo'] }] }] },
]

export interface TokenCosts {
  name: string
  missUs: number
  hitUs: number
}
