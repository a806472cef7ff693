import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AppError } from '../../../server/lib/app-error.ts'
import { authorize } from '../../../server/policy/authorize.ts'
import { fillMetadata, keepFixedMetadata, type Metadata } from '../../../server/policy/fixed-metadata.ts'
import { facts, ownersPolicy } from './arbitrary-policies.ts'
import { backend, connectionRequest, tokenWith } from './limited-actors.ts'

const codeOf = (run: () => unknown): unknown => {
  try {
    return run()
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return error.code
  }
}
const fill = (policies: readonly unknown[], metadata: Metadata | null, connectionId = 'new') =>
  codeOf(() => fillMetadata(tokenWith(policies), { organizationId: 'org_a', namespace: 'shop', connectionId, metadata }))

describe('the metadata of a new connection', () => {
  it.each<[string, unknown[], Metadata | null, unknown]>([
    ['is what was given, if nothing limits it', [[{}]], { a: '1' }, { a: '1' }],
    ['is filled in', [[{ metadata: { userId: '1' } }]], { a: '1' }, { a: '1', userId: '1' }],
    ['is filled in from nothing', [[{ metadata: { userId: '1' } }]], null, { userId: '1' }],
    ['may say it itself', [[{ metadata: { userId: '1' } }]], { userId: '1' }, { userId: '1' }],
    ['may say it as a number', [[{ metadata: { userId: '1' } }]], { userId: 1 }, { userId: 1 }],
    ['may not say otherwise', [[{ metadata: { userId: '1' } }]], { userId: '2' }, 'policy.forbidden'],
    ['may not leave it open', [[{ metadata: { userId: '1' } }]], { userId: null }, 'policy.forbidden'],
    ['must say which of several', [[{ metadata: [{ userId: '1' }, { userId: '2' }] }]], {}, 'policy.metadata_ambiguous'],
    ['says which', [[{ metadata: [{ userId: '1' }, { userId: '2' }] }]], { userId: '2' }, { userId: '2' }],
    ['is the more general of two kinds', [[{ metadata: [{ userId: '1', plan: 'pro' }, { userId: '1' }] }]], null, { userId: '1' }],
    ['may be the more special', [[{ metadata: [{ userId: '1', plan: 'pro' }, { userId: '1' }] }]], { plan: 'pro' }, { plan: 'pro', userId: '1' }],
    ['is what a narrowed token leaves of several', [[{ metadata: [{ userId: '1' }, { userId: '2' }] }], [{ metadata: { userId: '2' } }]], null, { userId: '2' }],
    ['is of all blocks', [[{ metadata: { userId: '1' } }], [{ metadata: { team: 'a' } }]], null, { userId: '1', team: 'a' }],
    ['is none where blocks exclude each other', [[{ metadata: { userId: '1' } }], [{ metadata: { userId: '2' } }]], null, 'policy.forbidden'],
    ['is not that of a grant to read', [[{ metadata: { userId: '1' }, operations: 'read' }]], null, 'policy.forbidden'],
    ['does not take a key from another grant', [[{ metadata: { userId: '1' } }, { metadata: { team: 'a' }, operations: 'read' }]], { team: 'a' }, 'policy.forbidden'],
    ['does not take a key that only reading is limited by', [[{ operations: 'write' }, { metadata: { team: 'a' }, operations: 'read' }]], { team: 'a' }, 'policy.forbidden'],
    ['does not help against another id', [[{ metadata: { connectionId: 'mine' } }]], null, 'policy.forbidden'],
  ])('%s', (_what, policies, metadata, expected) => expect(fill(policies, metadata)).toEqual(expected))

  it('is for the id that is named', () => expect(fill([[{ metadata: { connectionId: 'mine', userId: '1' } }]], null, 'mine')).toEqual({ userId: '1' }))

  it('is always one that its maker may write, with all that was given', () => {
    let made = 0
    fc.assert(
      fc.property(ownersPolicy, ownersPolicy, facts, (root, narrowing, { connectionId, metadata }) => {
        const actor = tokenWith([root, narrowing])
        const filled = codeOf(() => fillMetadata(actor, { organizationId: 'org_a', namespace: 'shop', connectionId, metadata }))
        if (typeof filled === 'string') return
        made++
        expect(authorize(actor, connectionRequest({ operation: 'write', connection: { connectionId, metadata: filled as Metadata | null } })).allowed).toBe(true)
        expect(filled ?? {}).toMatchObject(metadata ?? {})
      }),
      { numRuns: 10_000 },
    )
    expect(made).toBeGreaterThan(100)
  }, 120_000)
})

describe('the metadata of a connection that is there', () => {
  const token = tokenWith([[{ metadata: { userId: '1' } }, { metadata: { team: 'a' }, operations: 'read' }]])
  const stored = { userId: '1', team: 'a', plan: 'free' }

  it.each<[string, Metadata | null, unknown]>([
    ['changes where nothing limits it', { userId: '1', team: 'a', plan: 'pro' }, { userId: '1', team: 'a', plan: 'pro' }],
    ['keeps what is left out and limits', { plan: 'pro' }, { plan: 'pro', userId: '1', team: 'a' }],
    ['keeps it when all of it is taken away', null, { userId: '1', team: 'a' }],
    ['does not change what limits', { userId: '2' }, 'policy.metadata_fixed'],
    ['does not change its type', { userId: 1 }, 'policy.metadata_fixed'],
    ['does not change what limits reading', { team: 'b' }, 'policy.metadata_fixed'],
  ])('%s', (_what, wanted, expected) => expect(codeOf(() => keepFixedMetadata(token, stored, wanted))).toEqual(expected))

  it('does not gain what limits, and keeps what is no text as it is', () => {
    expect(codeOf(() => keepFixedMetadata(token, { userId: '1' }, { team: 'a' }))).toBe('policy.metadata_fixed')
    expect(keepFixedMetadata(token, { team: { a: [1] } }, {})).toEqual({ team: { a: [1] } })
    expect(keepFixedMetadata(token, { team: { a: [1] } }, { team: { a: [1] } })).toEqual({ team: { a: [1] } })
  })

  it('is for those without limits what they say', () => {
    const wanted = { userId: '2' }
    expect(keepFixedMetadata(backend, stored, wanted)).toBe(wanted)
  })
})
