import { expect, it } from 'vitest'
import { findLostMember } from '../../../server/lib/lost-member.ts'

it.each<[text: string, path: string[] | undefined]>([
  ['{"__proto__": 1}', ['__proto__']],
  ['{"a": 1, "b": [0, {"__proto__": null}]}', ['b', '1', '__proto__']],
  ['{"constructor": 1, "prototype": {"a": 2}}', undefined],
  ['"__proto__"', undefined],
  ['["__proto__"]', undefined],
  ['null', undefined],
])('what a record would leave out of %s is found', (text, path) => {
  expect(findLostMember(JSON.parse(text), 5)).toEqual(path)
})

it('is looked for no deeper than was said', () => {
  const deep = JSON.parse('{"a": {"b": {"__proto__": 1}}}') as unknown
  expect([findLostMember(deep, 1), findLostMember(deep, 2)]).toEqual([undefined, ['a', 'b', '__proto__']])
})
