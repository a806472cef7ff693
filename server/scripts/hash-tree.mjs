// One digest for everything a step reads: the step runs again if, and only if, it changed.
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** Over names and contents of the files at and below `paths`; what does not exist counts as nothing. */
export function hashTree(root, paths) {
  const hash = createHash('sha256')
  const visit = (path) => {
    const absolute = join(root, path)
    if (!existsSync(absolute)) return
    if (statSync(absolute).isDirectory()) for (const name of readdirSync(absolute).sort()) visit(`${path}/${name}`)
    else {
      const content = readFileSync(absolute)
      hash.update(`${path}\0${content.length}\0`).update(content)
    }
  }
  for (const path of paths) visit(path)
  return hash.digest('hex')
}
