// Contenders take turns within a round, so that whatever else the machine does falls on all of them; the
// order changes from round to round, so that nobody always follows the same neighbour.
import type { SegmentResult } from '../children/segment.ts'

/** More than this part of the machine taken by others, and a segment is not clean. */
const FOREIGN_SHARE = 0.15

export type Round<Name extends string> = Record<Name, SegmentResult>

export interface AlternateOptions {
  /** Stops after so many rounds in which every segment was clean. */
  cleanRounds: number
  /** Stops by then in any case. */
  withinMs: number
}

export const isClean = (result: SegmentResult): boolean => result.foreignShare <= FOREIGN_SHARE

export async function alternate<Name extends string>(
  names: readonly Name[],
  measure: (name: Name) => Promise<SegmentResult>,
  { cleanRounds, withinMs }: AlternateOptions,
): Promise<Round<Name>[]> {
  const rounds: Round<Name>[] = []
  const startedAt = performance.now()
  let clean = 0
  do {
    const results = new Map<Name, SegmentResult>()
    for (const name of orderOf(names, rounds.length)) results.set(name, await measure(name))
    const round = Object.fromEntries(results) as Round<Name>
    rounds.push(round)
    if (names.every((name) => isClean(round[name]))) clean++
  } while (clean < cleanRounds && performance.now() - startedAt < withinMs)
  return rounds
}

/** Rotated by one each round, and every second time backwards. */
function orderOf<Name>(names: readonly Name[], round: number): Name[] {
  const start = round % names.length
  const rotated = [...names.slice(start), ...names.slice(0, start)]
  return round % 2 === 0 ? rotated : rotated.reverse()
}
