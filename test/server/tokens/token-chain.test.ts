import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { hashOfSignature, narrowToken, signToken, verifyToken } from '../../../server/tokens/token-chain.ts'
import { readToken } from '../../../server/tokens/token-text.ts'
import type { RootBlock } from '../../../server/tokens/token-blocks.ts'
import { findVectorKey, vectors } from './vectors.ts'

const root: RootBlock = {
  id: 'tok_1',
  organizationId: 'org_1',
  keyId: '1',
  issuedAtMs: 1_800_000_000_000,
  expiresAtMs: 1_800_003_600_000,
  minter: 'api_key:key_1',
  policy: [{ resources: ['connections'] }],
  audience: undefined,
}
const key = findVectorKey('1')!
const { token } = signToken(key, root)!
const verify = (text: string) => verifyToken(text, findVectorKey)

describe('a published vector', () => {
  it.each(vectors.tokens)('verifies and says what the page says: $what', ({ token: published, blocks, signatureHashes, exp }) => {
    const parts = readToken(published)!
    expect(parts.blocks.map((block) => JSON.parse(block) as unknown)).toEqual(blocks)
    expect(verify(published)).toMatchObject({ signatureHashes, expiresAtMs: exp * 1000, root: { policy: blocks[0]!.policy } })
    expect(hashOfSignature(parts.signature)).toBe(signatureHashes.at(-1))
  })

  it.each(vectors.refused)('does not verify: $what', ({ token: published }) => expect(verify(published)).toBeUndefined())
})

describe('a token', () => {
  it('says what it was signed with, and nothing else', () => {
    expect(verify(token)).toEqual({ root, narrowings: [], signatureHashes: [signToken(key, root)!.signatureHash], expiresAtMs: root.expiresAtMs })
  })

  it.each([
    ['another key', { ...root, keyId: '2' }],
    ['another name', { ...root, id: 'tok_2' }],
    ['another organization', { ...root, organizationId: 'org_2' }],
  ])('of %s has another signature', (_what, other) => {
    const signature = token.slice(token.lastIndexOf('.'))
    expect(signToken(key, other)!.token.endsWith(signature)).toBe(false)
  })

  it('does not verify under a key that is not there, or not the one it was signed with', () => {
    expect(verifyToken(token, () => undefined)).toBeUndefined()
    expect(verifyToken(token, () => Buffer.alloc(32))).toBeUndefined()
  })

  it('that is too long for a header is not made', () => {
    expect(signToken(key, { ...root, policy: [{ namespaces: ['x'.repeat(4096)] }] })).toBeUndefined()
    expect(narrowToken(token, { policy: [{ namespaces: ['x'.repeat(4096)] }] })).toBeUndefined()
  })
})

describe('narrowing', () => {
  const once = narrowToken(token, { policy: [{ namespaces: ['shop'] }], expiresAtMs: root.issuedAtMs + 60_000 })!
  const twice = narrowToken(once, { expiresAtMs: root.issuedAtMs + 90_000 })!

  it('adds to what was there, and the earliest end counts', () => {
    expect(verify(twice)).toMatchObject({
      root,
      narrowings: [{ policy: [{ namespaces: ['shop'] }], expiresAtMs: root.issuedAtMs + 60_000 }, { expiresAtMs: root.issuedAtMs + 90_000 }],
      expiresAtMs: root.issuedAtMs + 60_000,
    })
  })

  it('leaves a trace: a token knows the hashes of all that it was narrowed from', () => {
    expect(verify(twice)!.signatureHashes.slice(0, 2)).toEqual(verify(once)!.signatureHashes)
    expect(new Set(verify(twice)!.signatureHashes).size).toBe(3)
  })

  it('needs nothing of ours: a script written from the page alone makes the same bytes', () => {
    const script = fileURLToPath(new URL('../../fixtures/narrow-token.mjs', import.meta.url))
    const block = '{"policy":[{"namespaces":["shop"]}],"exp":1800000060}'
    expect(execFileSync(process.execPath, [script, block], { input: token, encoding: 'utf8' })).toBe(once)
  })

  it('ends at eight blocks', () => {
    let longest = token
    for (let blocks = 1; blocks < 8; blocks++) longest = narrowToken(longest, {})!
    expect(verify(longest)!.narrowings).toHaveLength(7)
    expect(narrowToken(longest, {})).toBeUndefined()
  })

  it('of what is no token gives nothing', () => expect(narrowToken('plugt_garbage', {})).toBeUndefined())
})
