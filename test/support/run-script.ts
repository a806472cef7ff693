// A maintenance command as an operator runs it: in a process of its own, from the sources.
import { spawn } from 'node:child_process'
import { join, resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { pathToFileURL } from 'node:url'

const root = resolve(import.meta.dirname, '../..')

export interface ScriptOutcome {
  code: number | null
  stdout: string
  stderr: string
}

/** `name` of a file in server/scripts. */
export async function runScript(name: string, dataDir: string, ...input: string[]): Promise<ScriptOutcome> {
  const tsx = pathToFileURL(join(root, 'node_modules/tsx/dist/esm/index.mjs')).href
  const child = spawn(process.execPath, ['--import', tsx, join(root, `server/scripts/${name}.ts`), ...input], {
    cwd: dataDir,
    env: { NODE_ENV: 'production', DATA_DIR: dataDir },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const closed = new Promise<number | null>((settle) => void child.once('close', settle))
  const [stdout, stderr, code] = await Promise.all([text(child.stdout), text(child.stderr), closed])
  return { stdout, stderr, code }
}
