// Who imports whom, as TypeScript's own scanner sees it: static, dynamic, re-exported and type imports alike.
import { posix } from 'node:path'
import ts from 'typescript'
import type { SourceTree } from './source-tree.ts'

export interface Import {
  from: string
  /** A path in the tree, or a package's name (`node:fs`, `@remix-run/node`). */
  to: string
  kind: 'file' | 'package'
}

const packageName = (specifier: string) => specifier.split('/').slice(0, specifier.startsWith('@') ? 2 : 1).join('/')

export function readImports(tree: SourceTree): Import[] {
  return [...tree].flatMap(([from, text]) =>
    ts.preProcessFile(text, true, true).importedFiles.map(({ fileName }): Import => {
      if (!fileName.startsWith('.')) return { from, to: packageName(fileName), kind: 'package' }
      return { from, to: posix.join(posix.dirname(from), fileName), kind: 'file' }
    }),
  )
}

/** Each cycle once, as the paths along it; `edges` may be between files or between rooms. */
export function findCycles(edges: readonly { from: string; to: string }[]): string[][] {
  const next = new Map<string, Set<string>>()
  for (const { from, to } of edges) next.set(from, (next.get(from) ?? new Set()).add(to))
  const cycles: string[][] = []
  const done = new Set<string>()
  const visit = (node: string, trail: string[]) => {
    const start = trail.indexOf(node)
    if (start >= 0) return void cycles.push([...trail.slice(start), node])
    if (done.has(node)) return
    for (const target of next.get(node) ?? []) visit(target, [...trail, node])
    done.add(node)
  }
  for (const node of next.keys()) visit(node, [])
  return cycles
}
