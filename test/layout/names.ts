// Names that say nothing, words that promise work, and files in which a second idea hides.
import type { SourceTree } from './source-tree.ts'

const MAX_LINES = 220

/** Longer files, each with the reason why cutting it would not help. */
export const longFiles: ReadonlyMap<string, string> = new Map()

const KEBAB = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z]+)*\.(ts|tsx|mjs)$/
const SAYS_NOTHING = /^(utils?|misc|helpers?|managers?|common|stuff|types)$|-(utils?|helpers?|manager)$|v2$/i
const BANNED_WORDS: readonly RegExp[] = [
  /\b(TODO|FIXME|XXX|HACK)\b/,
  /@ts-(ignore|nocheck|expect-error)/,
  /\bas any\b|: any\b|<any>/,
  /oxlint-disable(?!-next-line [\w/-]+ -- \S)/,
  /\b(issue|decision) \d+\b|\bdecisions\.md\b|\/work\//i,
]

const lineCount = (text: string) => text.split('\n').length - (text.endsWith('\n') ? 1 : 0)

function findNameProblem(path: string): string | undefined {
  const parts = path.split('/')
  const file = parts.at(-1)!
  if (!KEBAB.test(file)) return `${path}: file names are kebab-case`
  const vague = [...parts.slice(0, -1), file.replace(/\..*$/, '')].find((part) => SAYS_NOTHING.test(part))
  return vague && `${path}: "${vague}" says nothing about what is in it`
}

function findWordProblems(path: string, text: string): string[] {
  // The rules themselves must spell what they forbid.
  if (path.startsWith('test/layout')) return []
  return BANNED_WORDS.flatMap((pattern) => {
    const found = pattern.exec(text)?.[0]
    return found ? [`${path}: "${found}"`] : []
  })
}

function findLengthProblem(path: string, text: string): string | undefined {
  const lines = lineCount(text)
  if (lines <= MAX_LINES) return longFiles.has(path) ? `${path} is not long any more: take it off the list` : undefined
  return longFiles.has(path) ? undefined : `${path} has ${lines} lines: cut it, or list it with a reason in test/layout/names.ts`
}

export const findNameProblems = (tree: SourceTree): string[] => [
  ...[...tree].flatMap(([path, text]) => [findNameProblem(path), findLengthProblem(path, text)].filter((problem) => problem !== undefined)),
  ...[...tree].flatMap(([path, text]) => findWordProblems(path, text)),
  ...[...longFiles.keys()].filter((path) => !tree.has(path)).map((path) => `${path} is listed as long and does not exist`),
]
