// The sources as a map from path to text, so that every rule can also be tried on a tree made up for it.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export type SourceTree = ReadonlyMap<string, string>

const FOLDERS = ['app', 'client', 'db', 'server', 'test']
const SOURCE = /\.(ts|tsx|mjs)$/

/** Paths are relative to `root`, with forward slashes. */
export function readSourceTree(root: string): SourceTree {
  const tree = new Map<string, string>()
  const visit = (folder: string) => {
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
      const path = `${folder}/${entry.name}`
      if (entry.isDirectory() && entry.name !== 'node_modules') visit(path)
      else if (SOURCE.test(entry.name)) tree.set(path, readFileSync(join(root, path), 'utf8'))
    }
  }
  const found = new Set(readdirSync(root))
  for (const folder of FOLDERS) if (found.has(folder)) visit(folder)
  return tree
}
