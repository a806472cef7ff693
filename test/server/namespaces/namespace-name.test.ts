import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { TRPC_PATH } from '../../../server/api/door.ts'
import { friendlyName } from '../../../server/lib/ids.ts'
import { isReservedName, namespaceName } from '../../../server/namespaces/namespace-name.ts'
import { restRoutes } from '../../../server/rest/rest-routes.ts'

const isFree = (name: string) => namespaceName.safeParse(name).success

describe('no namespace can take a word that a router uses', () => {
  it.each([
    ...new Set(restRoutes.map(({ path }) => path.split('/')[1]!).filter((word) => !word.startsWith('{'))),
    TRPC_PATH.split('/')[1]!,
    'connect',
    'mcp',
    'healthz',
    'readyz',
    'setup',
    'sign-in',
    'oauth',
    'assets',
  ])('%s', (word) => {
    expect(isFree(word)).toBe(false)
  })

  it('nor the name of a public file or of a folder that a development server serves', () => {
    // What else lies in a checkout is the developer's own, and no server shows it.
    const folders = ['app', 'build', 'client', 'db', 'node_modules', 'public', 'server', 'test']
    expect([...readdirSync('public'), ...folders].filter(isFree)).toEqual([])
  })

  it.each(['_data', '.well-known', '_', '.'])('%s, as everything that begins like it', (word) => {
    expect([isReservedName(word), isFree(word)]).toEqual([true, false])
  })
})

describe('a name is what a URL shows without an escape', () => {
  it.each(['abc', 'a-b', 'a1', '0-9', 'shop-eu', 'a'.repeat(39)].filter((name) => name.length > 2))('%s is one', (name) =>
    expect(isFree(name)).toBe(true)
  )

  it.each(['', 'ab', 'a'.repeat(40), '-ab', 'ab-', 'Abc', 'a_b', 'a.b', 'a b', 'äbc', 'a/b', 'a%2fb', 'abc\n', '\u0430bc'])(
    '%j is none',
    (name) => expect(isFree(name)).toBe(false)
  )

  it('names of our making are all free', () => {
    expect(Array.from({ length: 500 }, friendlyName).filter((name) => !isFree(name))).toEqual([])
  })
})
