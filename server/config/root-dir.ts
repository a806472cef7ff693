// Where the repository lies, asked from a source file (`npm run dev`) or from the bundle (`npm start`).
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The nearest directory above `moduleUrl` (an `import.meta.url`) that holds a package.json. */
export function findRootDir(moduleUrl: string): string {
  let directory = dirname(fileURLToPath(moduleUrl))
  while (!existsSync(join(directory, 'package.json'))) {
    const parent = dirname(directory)
    if (parent === directory) throw new Error(`No package.json above ${moduleUrl}`)
    directory = parent
  }
  return directory
}
