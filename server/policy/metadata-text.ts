// The one meaning of "this metadata value equals that text": filters in SQL and decisions in policy
// both compare what this function says.

/** Strings as they are, numbers and booleans as JSON; nothing else ever matches. */
export function metadataText(value: unknown): string | undefined {
  if (typeof value === 'string') return value
  if (typeof value === 'number' || typeof value === 'boolean') return JSON.stringify(value)
  return undefined
}

export interface MetadataPair {
  key: string
  value: string
}

/** The pairs that a filter can match. */
export function metadataPairs(metadata: Record<string, unknown> | null | undefined): MetadataPair[] {
  const pairs: MetadataPair[] = []
  for (const [key, value] of Object.entries(metadata ?? {})) {
    const text = metadataText(value)
    if (text !== undefined) pairs.push({ key, value: text })
  }
  return pairs
}
