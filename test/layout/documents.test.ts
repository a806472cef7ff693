// The documents say what is there, and each rule is shown to be able to fail.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import packageJson from '../../package.json' with { type: 'json' }
import { filesNamedIn, findDependencyProblems, findRoomProblems } from './documents.ts'
import { floors } from './floors.ts'
import { readSourceTree } from './source-tree.ts'

const root = resolve(import.meta.dirname, '../..')
const read = (path: string) => readFileSync(join(root, path), 'utf8')
const documents = ['README.md', 'ARCHITECTURE.md', 'db/README.md', 'test/README.md']
const installed = Object.keys({ ...packageJson.dependencies, ...packageJson.devDependencies })

/** Written from the root, or from the document's own folder. */
const exists = (path: string, document: string) => [root, join(root, dirname(document))].some((from) => existsSync(join(from, path)))

it.each(documents)('%s names no file that is not there', (document) => {
  expect(filesNamedIn(read(document)).filter((path) => !exists(path, document))).toEqual([])
})

it('test/README.md names every scenario', () => {
  const scenarios = readdirSync(join(root, 'test/scenarios')).map((file) => `scenarios/${file}`)
  const named = filesNamedIn(read('test/README.md'))
  expect(scenarios.filter((file) => !named.includes(file))).toEqual([])
})

it('ARCHITECTURE.md gives a reason for every package, and for none that is gone', () => {
  expect(findDependencyProblems(read('ARCHITECTURE.md'), installed)).toEqual([])
})

it('ARCHITECTURE.md describes every room on the floor that it has', () => {
  expect(findRoomProblems(read('ARCHITECTURE.md'), floors, readSourceTree(root).keys())).toEqual([])
})

describe('a document that is wrong is found out:', () => {
  const table = (heading: string, ...rows: string[]) => `# A\n\n## ${heading}\n\n| a | b | c |\n| --- | --- | --- |\n${rows.join('\n')}\n\n## Next\n\n| x | y |\n`

  it('files are what stands between backticks, not in code blocks', () => {
    expect(filesNamedIn('See `a/b.ts` and `c.md`, not `npm start`, `a.b()` or c/d.ts.\n```sh\ncat `e/f.ts`\n```\n')).toEqual(['a/b.ts', 'c.md'])
  })

  it('a package without a reason, and a reason without a package', () => {
    const document = table('Dependencies', '| `one`, `two` | both |', '| `gone` | once |', '| `mute` | |')
    expect(findDependencyProblems(document, ['one', 'two', 'three', 'mute'])).toEqual([
      expect.stringContaining('three'),
      expect.stringContaining('gone'),
      expect.stringContaining('mute'),
    ])
  })

  it('a room on the wrong floor, and one that nobody describes', () => {
    const document = table('Floors and rooms', '| 0 | `db` | rows |', '| 0 | `server/mcp` | up |')
    expect(findRoomProblems(document, [['db'], ['server/mcp', 'server/later']], ['db/a.ts', 'server/mcp/b.ts'])).toEqual([
      'floor and room 1 server/mcp is not described',
      'floor and room 0 server/mcp is described and not there',
    ])
  })
})
