// One line of a table: what was found, and what was aimed at.

export interface Figure {
  what: string
  value: number
  unit?: string
  aim?: { atMost: number } | { atLeast: number }
  /** How sure it is: clean rounds, runs. */
  basis?: string
}

export interface SectionResult {
  title: string
  figures: Figure[]
  /** As they were measured, for the file. */
  raw: unknown
}

export function isReached({ value, aim }: Figure): boolean | undefined {
  if (!aim) return undefined
  return 'atMost' in aim ? value <= aim.atMost : value >= aim.atLeast
}
