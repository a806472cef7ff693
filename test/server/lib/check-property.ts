// Properties: a thousand random cases each, in bounded time. A failure prints the seed that repeats it.
import fc from 'fast-check'

export function checkProperty<Values extends unknown[]>(property: fc.IProperty<Values>): void {
  fc.assert(property, { numRuns: 1000, interruptAfterTimeLimit: 8000 })
}

/** The same bytes, cut at random places. */
export const chunksOf = (bytes: Buffer, cuts: readonly number[]): Buffer[] => {
  const places = [...new Set(cuts.map((cut) => cut % (bytes.length + 1)))].sort((a, b) => a - b)
  return [0, ...places].map((start, index) => bytes.subarray(start, places[index] ?? bytes.length))
}

export const cuts = fc.array(fc.nat({ max: 100_000 }), { maxLength: 40 })
