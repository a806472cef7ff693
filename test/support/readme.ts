// README.md as a reader follows it: the code blocks under a heading, in order, and a shell to paste them into.
import { execFile, spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { promisify } from 'node:util'

const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8')

/** The blocks of one language in the section under `heading`, up to the next heading of its level or above. */
export function readmeBlocks(heading: string, language: string): string[] {
  const level = /^#+/.exec(heading)?.[0].length ?? 0
  const [, after] = readme.split(`\n${heading}\n`)
  if (after === undefined || level === 0) throw new Error(`README.md has no heading "${heading}"`)
  const end = after.search(new RegExp(`^#{1,${level}} `, 'm'))
  const section = end < 0 ? after : after.slice(0, end)
  return [...section.matchAll(/^```(\S*)\n([\s\S]*?)^```$/gm)].flatMap(([, found, code]) => (found === language ? [code!] : []))
}

/** The lines are for a machine that has it; small container images do not. */
export const hasCurl = spawnSync('curl', ['--version']).status === 0

/** Pasted into a shell in `cwd`; what each `curl` printed. */
export async function pasteScript(script: string, { cwd, env }: { cwd: string; env?: Record<string, string> }): Promise<Record<string, unknown>[]> {
  // Each answer is one line of JSON, and curl ends none of them.
  const curl = 'curl() { command curl --silent --show-error "$@"; echo; }'
  const { stdout } = await promisify(execFile)('sh', ['-e', '-c', `${curl}\n${script}`], { cwd, env: { ...process.env, ...env } })
  return stdout.trim().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>)
}
