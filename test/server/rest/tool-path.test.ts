import { expect, it } from 'vitest'
import { findCategory, findTool, readToolPath } from '../../../server/rest/tool-path.ts'

it.each([
  ['http://h/ns/id/.tools/echo', 'echo', 'echo'],
  ['http://h/connect/ns/id/.tools/echo?x=/.tools/y', 'echo', 'echo'],
  ['http://h/ns/id/.tools/a/b/c', 'a/b/c', 'a.b.c'],
  ['http://h/ns/id/.tools/a%2Fb/c', 'a/b/c', 'a/b.c'],
  ['http://h/ns/id/%2Etools/a.b', 'a.b', 'a.b'],
  ['http://h/ns/id/.tools/a/', 'a/', 'a'],
  // Decoded once: a percent sign of the name stays one.
  ['http://h/ns/id/.tools/50%2525', '50%25', '50%25'],
  ['http://h/ns/id/.tools/%E2%82%AC', '€', '€'],
])('%s means exactly "%s", else "%s"', (url, exact, dotted) => {
  expect(readToolPath(url)).toEqual({ exact, dotted })
})

it('refuses a name that cannot be decoded', () => {
  expect(() => readToolPath('http://h/ns/id/.tools/%E2%82')).toThrow('percent-encoding')
})

it('finds the exact name before the dotted one', () => {
  const tools = [{ name: 'a.b' }, { name: 'a/b' }]
  expect(findTool(tools, { exact: 'a/b', dotted: 'a.b' })).toEqual({ name: 'a/b' })
  expect(findTool(tools.slice(0, 1), { exact: 'a/b', dotted: 'a.b' })).toEqual({ name: 'a.b' })
  expect(findTool([], { exact: 'a', dotted: 'a' })).toBeUndefined()
})

it('takes a category by whole words only', () => {
  const tools = [{ name: 'issue' }, { name: 'issues.list' }, { name: 'issues/new' }, { name: 'issuesx' }]
  expect(findCategory(tools, { exact: 'issues', dotted: 'issues' }).map(({ name }) => name)).toEqual(['issues.list', 'issues/new'])
})
