// Whatever a token is narrowed to, it may do no more than before, and no more than it was narrowed to.
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { authorize } from '../../../server/policy/authorize.ts'
import { parsePolicy, readStoredPolicy } from '../../../server/policy/constraint.ts'
import type { PermissionRequest } from '../../../server/policy/permission.ts'
import { constraint, origin, policy, request } from './arbitrary-policies.ts'
import { backend, tokenLimits, tokenWith } from './limited-actors.ts'

const NUMBER = { numRuns: 10_000 }
const TIME_MS = 120_000
/** A token is limited to 4 KB, so what is odd about these is their combination. */
const allows = (policies: readonly unknown[], asked: PermissionRequest, presentedFrom?: string) =>
  authorize(tokenWith(policies, { ...(presentedFrom !== undefined && { presentedFrom }) }), asked).allowed

it('narrowing never widens', () => {
  let allowed = 0
  fc.assert(
    fc.property(policy, policy, request, origin, (parent, narrowing, asked, from) => {
      if (!allows([parent, narrowing], asked, from)) return
      allowed++
      expect(allows([parent], asked, from)).toBe(true)
      expect(allows([narrowing], asked, from)).toBe(true)
    }),
    NUMBER,
  )
  // Otherwise it would say nothing.
  expect(allowed).toBeGreaterThan(500)
}, TIME_MS)

it('a token never does more than its minter', () => {
  let allowed = 0
  fc.assert(
    fc.property(policy, fc.array(constraint.map(({ namespaces, operations }) => JSON.parse(JSON.stringify({ namespaces, operations })) as object), { minLength: 1, maxLength: 2 }), request, (granted, limits, asked) => {
      const minter = { ...backend, limits: tokenLimits(...limits) }
      const token = authorize(tokenWith([granted], { minter }), asked).allowed
      if (token) allowed++
      expect(!token || authorize(minter, asked).allowed).toBe(true)
    }),
    NUMBER,
  )
  expect(allowed).toBeGreaterThan(500)
}, TIME_MS)

it('the order of grants and of blocks says nothing about what is allowed', () => {
  fc.assert(
    fc.property(policy, policy, request, (one, other, asked) => {
      expect(allows([other, one], asked)).toBe(allows([one, other], asked))
      expect(allows([one.toReversed()], asked)).toBe(allows([one], asked))
    }),
    { numRuns: 2000 },
  )
}, TIME_MS)

it('another grant never takes anything away', () => {
  fc.assert(
    fc.property(policy, constraint, request, (some, more, asked) => {
      expect(!allows([some], asked) || allows([[...some, more]], asked)).toBe(true)
    }),
    { numRuns: 2000 },
  )
}, TIME_MS)

it('what is read is stored, and read from there as the same', () => {
  fc.assert(
    fc.property(policy, (input) => {
      const stored = parsePolicy(input)
      expect(readStoredPolicy(JSON.parse(JSON.stringify(stored)))).toEqual(stored)
    }),
  )
})

it('whatever JSON a token carries, reading it never throws, and what is odd grants nothing', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (json) => {
      expect(readStoredPolicy(json)?.length).not.toBe(0)
    }),
    { numRuns: 2000 },
  )
}, TIME_MS)
