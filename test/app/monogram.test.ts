import { expect, it } from 'vitest'
import { initialsOf } from '../../app/ui/monogram.tsx'

it.each([
  ['Ada Lovelace', 'AL'],
  ['my-app', 'MA'],
  ['demo', 'D'],
  ['𝒳avier é', '𝒳É'],
  ['', ''],
  ['---', ''],
])('%o is shortened to %o', (name, initials) => {
  expect(initialsOf(name)).toBe(initials)
})
