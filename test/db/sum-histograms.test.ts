import { expect, it } from 'vitest'
import { sumHistograms } from '../../db/sum-histograms.ts'

it.each([
  ['one', '[1,0,23]', [1, 0, 23]],
  ['several', '[1,0,2],[10,4,0],[0,0,100]', [11, 4, 102]],
  ['of different lengths', '[1,2],[1],[1,2,3]', [3, 4, 3]],
])('%s', (_what, text, sums) => {
  expect(sumHistograms(text)).toEqual(sums)
})
