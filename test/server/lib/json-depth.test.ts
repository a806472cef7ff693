import { describe, expect, it } from 'vitest'
import { nestsDeeperThan } from '../../../server/lib/json-depth.ts'

const nested = (depth: number) => Buffer.from(`${'{"a":['.repeat(depth / 2)}${']}'.repeat(depth / 2)}`)

describe('a limit of 100', () => {
  it.each([
    [100, false],
    [102, true],
    [100_000, true],
  ])('says of %i levels: deeper is %s', (depth, deeper) => expect(nestsDeeperThan(100, nested(depth))).toBe(deeper))

  it('is about brackets outside of strings', () => {
    const text = JSON.stringify({ a: '[{'.repeat(300), 'b"\\': ['\\"[[[', '\\\\'] })
    expect(nestsDeeperThan(100, Buffer.from(text))).toBe(false)
    expect(nestsDeeperThan(1, Buffer.from(text))).toBe(true)
  })

  it('is about depth and not about length', () => expect(nestsDeeperThan(100, Buffer.from(`[${'[],'.repeat(10_000)}[]]`))).toBe(false))
})
