// README.md as a reader follows it: the code blocks under a heading, in order.
import { readFileSync } from 'node:fs'

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
