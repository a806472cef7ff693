// The house keeps its shape: each rule holds for the sources, and each rule is shown to be able to fail.
import { builtinModules } from 'node:module'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { findBorderProblems } from './layout/borders.ts'
import { findFloorProblems } from './layout/floors.ts'
import { findCycles, readImports } from './layout/import-graph.ts'
import { findNameProblems } from './layout/names.ts'
import { readSourceTree } from './layout/source-tree.ts'

const sources = readSourceTree(fileURLToPath(new URL('..', import.meta.url)))
const builtins = new Set(builtinModules)
const tree = (files: Record<string, string>) => new Map(Object.entries(files))

describe('the sources', () => {
  it('import downwards, along listed arrows, without a cycle', () => {
    expect(findFloorProblems(sources)).toEqual([])
  })

  it('use each library and each ability only in its room', () => {
    expect(findBorderProblems(sources, builtins)).toEqual([])
  })

  it('have names that say what is inside, no promises for later, and one idea a file', () => {
    expect(findNameProblems(sources)).toEqual([])
  })

  it('are really read', () => {
    expect(sources.size).toBeGreaterThan(30)
    expect(readImports(sources)).toContainEqual({ from: 'server/config/load.ts', to: 'server/lib/secret.ts', kind: 'file' })
  })
})

describe('the import graph', () => {
  it('sees every way to import', () => {
    const text = [
      `import a from './a.ts'`,
      `import type { B } from './b.ts'`,
      `import './c.ts'`,
      `export * from './d.ts'`,
      `export type { E } from './e.ts'`,
      `const f = await import('./f.ts')`,
      `type G = typeof import('./g.ts')`,
      `import {\n  h,\n} from './h.ts'`,
      `// import './comment.ts'`,
      `const text = "import './string.ts'"`,
    ].join('\n')
    const found = readImports(tree({ 'db/x.ts': text })).map(({ to }) => to)
    expect(found.toSorted()).toEqual(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map((name) => `db/${name}.ts`))
  })

  it('names packages without their subpaths', () => {
    const found = readImports(tree({ 'db/x.ts': `import 'drizzle-orm/libsql'; import '@libsql/client/web'; import 'node:fs/promises'` }))
    expect(found.map(({ to }) => to)).toEqual(['drizzle-orm', '@libsql/client', 'node:fs'])
  })

  it('finds a cycle once', () => {
    const edges = ['a b', 'b c', 'c a', 'c d'].map((edge) => ({ from: edge[0]!, to: edge[2]! }))
    expect(findCycles(edges)).toEqual([['a', 'b', 'c', 'a']])
  })
})

describe('a breach is found:', () => {
  it.each([
    ['an import that goes up', { 'server/vault/a.ts': `import '../tools/b.ts'`, 'server/tools/b.ts': '' }, 'imports go down'],
    ['a type import that goes up', { 'server/lib/a.ts': `import type { B } from '../mcp/b.ts'`, 'server/mcp/b.ts': '' }, 'imports go down'],
    ['an unlisted arrow', { 'server/mcp/a.ts': `import '../vault/b.ts'`, 'server/vault/b.ts': '' }, 'not an arrow'],
    ['a mechanism that reads the database', { 'server/vault/a.ts': `import '../../db/b.ts'`, 'db/b.ts': '' }, 'plain values'],
    ['a door that reads the database', { 'server/rest/a.ts': `import '../../db/b.ts'`, 'db/b.ts': '' }, 'use cases'],
    ['a use case that opens a database', { 'server/tools/a.ts': `import '../../db/open.ts'`, 'db/open.ts': '' }, 'opens its database once'],
    ['a page that reaches into the server', { 'app/a.tsx': `import '../server/tools/b.ts'`, 'server/tools/b.ts': '' }, 'pages see only'],
    ['a server that imports a page', { 'server/http/a.ts': `import '../../app/b.ts'`, 'app/b.ts': '' }, 'nothing imports app/'],
    ['a cycle', { 'db/a.ts': `import './b.ts'`, 'db/b.ts': `import './a.ts'` }, 'cycle: db/a.ts -> db/b.ts -> db/a.ts'],
    ['a folder without a floor', { 'server/cellar/a.ts': '' }, 'lies in no room'],
    ['an import of nothing', { 'db/a.ts': `import './gone.ts'` }, 'does not exist'],
    ['an import without an extension', { 'db/a.ts': `import './b'`, 'db/b.ts': '' }, 'without its extension'],
  ])('%s', (_what, files, problem) => {
    expect(findFloorProblems(tree(files as unknown as Record<string, string>))).toEqual([expect.stringContaining(problem)])
  })

  it.each([
    ['drizzle outside db', 'server/tools/a.ts', `import { eq } from 'drizzle-orm'`],
    ['the libSQL client in a use case', 'server/connections/a.ts', `await import('@libsql/client')`],
    ['undici outside egress', 'server/mcp/a.ts', `import type { Agent } from 'undici'`],
    ['a child process', 'server/mcp/a.ts', `import { spawn } from 'node:child_process'`],
    ['a child process by its old name', 'server/mcp/a.ts', `import { spawn } from 'child_process'`],
    ['a raw socket', 'server/connections/a.ts', `import { connect } from 'node:net'`],
    ['the environment', 'server/http/a.ts', `const port = process.env.PORT`],
    ['the clock', 'db/a.ts', `const now = Date.now()`],
    ['today', 'db/a.ts', `const now = new Date()`],
    ['the global fetch', 'server/oauth/a.ts', `await fetch('https://a.test')`],
  ])('%s', (_what, path, text) => {
    expect(findBorderProblems(tree({ [path]: text }), builtins)).toHaveLength(1)
    expect(findBorderProblems(tree({ 'test/a.ts': text }), builtins)).toEqual([])
  })

  it.each([
    ['a drawer', { 'server/lib/utils.ts': '' }],
    ['a folder of helpers', { 'test/helpers/a.ts': '' }],
    ['a manager', { 'server/mcp/session-manager.ts': '' }],
    ['a second version', { 'server/mcp/forwardV2.ts': '' }],
    ['camel case', { 'server/mcp/forwardCall.ts': '' }],
    ['work for later', { 'db/a.ts': '// TODO: the rest' }],
    ['a silenced compiler', { 'db/a.ts': '// @ts-ignore' }],
    ['a hole in the types', { 'db/a.ts': 'const a = b as any' }],
    ['a long file', { 'db/a.ts': 'x\n'.repeat(221) }],
  ])('%s', (_what, files) => {
    expect(findNameProblems(tree(files as unknown as Record<string, string>))).toHaveLength(1)
  })
})
