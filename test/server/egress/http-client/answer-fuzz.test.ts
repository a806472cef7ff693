// Whatever we accept of an answer that somebody has tampered with, Node's own parser accepts, and reads the
// same: so there is no second reading for anybody to hide in.
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { answersWithSurplus, byteByByte, bytesOf, crookedAnswers, plainAnswers, readAnswer } from './answers.ts'
import { readWithNode } from './node-answer.ts'

const RUNS = 4000
const fuzz = { seed: 20_26_11_22, numRuns: RUNS }

const LINE_ENDS = ['\r', '\n', '\r\n', '\r\n\r\n', '\n\n']
const CHARACTERS = [' ', '\t', '\0', '\x0b', '\x7f', '\x80', '\xff', ':', ';', ',', '"', '=', '-', '+', '0', '5', 'f', '_']
const FRAMING = ['content-length: 2\r\n', 'transfer-encoding: chunked\r\n', 'Transfer-Encoding: identity\r\n']
const FIELDS = ['connection: close\r\n', 'connection: upgrade\r\nupgrade: h2c\r\n', 'x: y\r\n']
const PIECES = ['chunked', 'HTTP/1.1 200 OK\r\n\r\n', 'HTTP/1.0', '0\r\n\r\n', '2\r\nok\r\n', ';a="b"']
const NASTY = [...LINE_ENDS, ...CHARACTERS, ...FRAMING, ...FIELDS, ...PIECES]

/** A range of the text becomes something else. */
type Mutation = (text: string) => string

const place = fc.nat(1000)
const replaced = (from: number, size: number, by: (range: string) => string): Mutation => (text) => {
  const start = from % (text.length + 1)
  return text.slice(0, start) + by(text.slice(start, start + size)) + text.slice(start + size)
}
const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  fc.tuple(place, fc.constantFrom(...NASTY)).map(([from, nasty]) => replaced(from, 0, () => nasty)),
  fc.tuple(place, fc.integer({ min: 1, max: 4 })).map(([from, size]) => replaced(from, size, () => '')),
  fc.tuple(place, fc.integer({ min: 0, max: 255 })).map(([from, code]) => replaced(from, 1, () => String.fromCharCode(code))),
  fc.tuple(place, fc.nat(40)).map(([from, size]) => replaced(from, size, (range) => range.repeat(2))),
)
// Mostly plain ones: there is nothing to compare if all are refused.
const seeds = [plainAnswers, plainAnswers, plainAnswers, answersWithSurplus, crookedAnswers].flatMap((table) => Object.values(table))
const tampered = fc
  .tuple(fc.constantFrom(...seeds.filter((text) => text.length < 1000)), fc.array(mutation, { maxLength: 3 }))
  .map(([text, mutations]) => mutations.reduce((mutated, mutate) => mutate(mutated), text))

it('an answer that we accept is one that Node reads with the same status, body and end', async () => {
  let accepted = 0
  await fc.assert(
    fc.asyncProperty(tampered, async (text) => {
      const bytes = bytesOf(text)
      const ours = readAnswer(byteByByte(bytes))
      if (ours.outcome !== 'whole') return
      accepted += 1
      // What follows the answer is nobody's: Node is shown as much as we took.
      const theirs = await readWithNode(bytes.subarray(0, ours.pieces))
      expect(theirs).toEqual({ status: ours.status, body: ours.body, complete: true })
    }),
    fuzz,
  )
  // The mutations leave enough to compare.
  expect(accepted).toBeGreaterThan(RUNS / 5)
})

it('an answer is accepted or refused however it is cut', () => {
  fc.assert(
    fc.property(tampered, place, place, (text, one, other) => {
      const bytes = bytesOf(text)
      const cuts = [0, one % (bytes.length + 1), other % (bytes.length + 1), bytes.length].toSorted((a, b) => a - b)
      const pieces = [0, 1, 2].map((at) => bytes.subarray(cuts[at], cuts[at + 1]))
      const cut = readAnswer(pieces.filter((piece) => piece.length > 0))
      const whole = readAnswer([bytes])
      expect([cut.outcome, cut.status, cut.headers, cut.body]).toEqual([whole.outcome, whole.status, whole.headers, whole.body])
    }),
    fuzz,
  )
})
