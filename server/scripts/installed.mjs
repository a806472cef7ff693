// Is node_modules what the lock file says? npm leaves a copy of what it installed; comparing the two also
// recognises an install that somebody made by hand.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const readPackages = (path) => JSON.parse(readFileSync(path, 'utf8')).packages

export function isInstalled(root) {
  const hidden = join(root, 'node_modules/.package-lock.json')
  if (!existsSync(hidden)) return false
  const installed = readPackages(hidden)
  return Object.entries(readPackages(join(root, 'package-lock.json'))).every(([path, wanted]) => {
    if (path === '') return true
    // Another platform's binary.
    if (!installed[path]) return wanted.optional === true || wanted.devOptional === true || wanted.peer === true
    return installed[path].version === wanted.version
  })
}
