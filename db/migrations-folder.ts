import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Found by walking up from this code, which runs from `db/` in development and from one bundled file under `build/`. */
export function findMigrationsFolder(from: string = import.meta.url): string {
  for (let folder = dirname(fileURLToPath(from)); ; folder = dirname(folder)) {
    const migrations = join(folder, 'db', 'migrations')
    if (existsSync(join(migrations, 'meta', '_journal.json'))) return migrations
    if (folder === dirname(folder)) throw new Error(`No db/migrations above ${fileURLToPath(from)}`)
  }
}
