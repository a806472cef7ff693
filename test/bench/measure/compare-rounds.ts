// Two contenders compared within each round, and the median of what came out: pairs share their weather.
import type { SegmentResult } from '../children/segment.ts'
import { isClean, type Round } from './alternate.ts'
import { median } from './median.ts'

/** With fewer clean pairs than this, all of them count and the figure is marked. */
const ENOUGH = 3

export interface Comparison {
  ratio: number
  cleanPairs: number
  pairs: number
  /** Others used too much of the machine for too many of the rounds. */
  noisy: boolean
}

/** `read` of the first divided by `read` of the second. */
export function compareRounds<Name extends string>(
  rounds: readonly Round<Name>[],
  [first, second]: readonly [Name, Name],
  read: (result: SegmentResult) => number,
): Comparison {
  const clean = rounds.filter((round) => isClean(round[first]) && isClean(round[second]))
  const noisy = clean.length < Math.min(ENOUGH, rounds.length)
  const used = noisy ? rounds : clean
  return {
    ratio: median(used.map((round) => read(round[first]) / read(round[second]))),
    cleanPairs: clean.length,
    pairs: rounds.length,
    noisy,
  }
}
