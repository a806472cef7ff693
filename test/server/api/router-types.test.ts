// What another package gets when it imports the router's type: declarations, followed from file to
// file as its compiler would follow them.
import { dirname, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { beforeAll, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const ENTRY = resolve(root, 'server/api/router.ts')

/** Declaration text of every source that the entry's declarations lead to, and the packages they import. */
let files: Map<string, string>
let packages: Set<string>

function emitDeclarations(): Map<string, string> {
  const { config } = ts.readConfigFile(resolve(root, 'tsconfig.json'), ts.sys.readFile) as { config: { compilerOptions: object } }
  const { options } = ts.convertCompilerOptionsFromJson({ ...config.compilerOptions, noEmit: false, allowImportingTsExtensions: true, emitDeclarationOnly: true, declaration: true }, root)
  const program = ts.createProgram([ENTRY], options)
  const emitted = new Map<string, string>()
  program.emit(undefined, (name, text) => void emitted.set(name.replace(/\.d\.ts$/, '.ts'), text), undefined, true)
  return emitted
}

beforeAll(() => {
  const emitted = emitDeclarations()
  files = new Map()
  packages = new Set()
  const queue = [ENTRY]
  for (let path = queue.pop(); path !== undefined; path = queue.pop()) {
    const text = emitted.get(path)
    if (text === undefined || files.has(relative(root, path))) continue
    files.set(relative(root, path), text)
    for (const { fileName } of ts.preProcessFile(text).importedFiles) {
      if (fileName.startsWith('.')) queue.push(resolve(dirname(path), fileName))
      else packages.add(fileName)
    }
  }
}, 120_000)

it('the router\'s type leads to no file of the database, the vault or the context', () => {
  expect([...files.keys()]).toContain('server/api/router.ts')
  expect([...files.keys()].filter((path) => /^(db|server\/(vault|context|egress|mcp|config))\//.test(path))).toEqual([])
})

it('the router\'s type needs no package but tRPC and zod', () => {
  expect([...packages].filter((name) => !/^(@trpc\/server|zod)(\/|$)/.test(name))).toEqual([])
})

it('the router\'s type says what its procedures take and give', () => {
  const text = [...files.values()].join('\n')
  for (const word of ['connectionId', 'lastFour', 'createdAt', 'listening', 'nextCursor']) expect(text).toContain(word)
})
