import fc from 'fast-check'
import { expect, it } from 'vitest'
import { digestOfKey, generateKey, isWellFormedKey } from '../../../server/identity/key-format.ts'
import { checkProperty } from '../lib/check-property.ts'

const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

it('keys that are made are well formed, all alike and none twice', () => {
  const keys = Array.from({ length: 2000 }, generateKey)
  expect(new Set(keys).size).toBe(2000)
  for (const key of keys) expect([key, isWellFormedKey(key)]).toEqual([expect.stringMatching(/^plug_[0-9A-Za-z]{49}$/), true])
})

it('a change of any one character to any other is noticed without a look at the database', () => {
  const key = generateKey()
  for (let at = 0; at < key.length; at++) {
    const missed = Array.from(`${BASE62}_-. `).filter(
      (sign) => sign !== key[at] && isWellFormedKey(key.slice(0, at) + sign + key.slice(at + 1))
    )
    expect({ at, missed }).toEqual({ at, missed: [] })
  }
})

it('two neighbours that were swapped, or a key that was cut or made longer, are noticed', () => {
  checkProperty(
    fc.property(fc.nat({ max: 52 }), (at) => {
      const key = generateKey()
      const swapped = key.slice(0, at) + key[at + 1] + key[at] + key.slice(at + 2)
      expect(isWellFormedKey(swapped)).toBe(swapped === key)
      expect([key.slice(0, at), key.slice(at + 1), `${key}x`, ` ${key}`, `${key}\n`, key + key].filter(isWellFormedKey)).toEqual([])
    })
  )
})

it('garbage is no key, whatever it begins with', () => {
  const framed = fc.string({ unit: fc.constantFrom(...BASE62), minLength: 49, maxLength: 49 }).map((text) => `plug_${text}`)
  checkProperty(
    fc.property(fc.oneof(framed, fc.string(), fc.string({ unit: 'grapheme' })), (text) => void expect(isWellFormedKey(text)).toBe(false))
  )
})

it('the digest is SHA-256 in hex, which the root key is compared by as well', () => {
  expect(digestOfKey('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
})
