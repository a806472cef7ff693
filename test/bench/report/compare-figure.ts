// A ratio of two contenders as a figure.
import type { SegmentResult } from '../children/segment.ts'
import type { Round } from '../measure/alternate.ts'
import { compareRounds } from '../measure/compare-rounds.ts'
import { isClean } from '../measure/alternate.ts'
import { median } from '../measure/median.ts'
import type { Figure } from './figure.ts'

export function ratioFigure<Name extends string>(
  rounds: readonly Round<Name>[],
  pair: readonly [Name, Name],
  read: (result: SegmentResult) => number,
  { what, aim }: Pick<Figure, 'what' | 'aim'>,
): Figure {
  const { ratio, cleanPairs, pairs, noisy } = compareRounds(rounds, pair, read)
  return { what, value: ratio, ...(aim && { aim }), basis: `${cleanPairs} of ${pairs} rounds clean${noisy ? ': NOISY, all used' : ''}` }
}

/** What one contender did, for orientation: it belongs to this machine. */
export function absoluteFigure<Name extends string>(
  rounds: readonly Round<Name>[],
  name: Name,
  read: (result: SegmentResult) => number,
  { what, unit }: Pick<Figure, 'what' | 'unit'>,
): Figure {
  const results = rounds.map((round) => round[name])
  const clean = results.filter(isClean)
  return { what, value: median((clean.length > 0 ? clean : results).map(read)), ...(unit !== undefined && { unit }) }
}
