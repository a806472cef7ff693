// The access token that mcp-remote keeps is made one that nobody gave out: as if it were over, without an hour's wait.
import { readdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'

export async function spoilAccessToken(home: string): Promise<void> {
  const files = (await readdir(home, { recursive: true })).filter((name) => name.endsWith('_tokens.json'))
  if (files.length !== 1) throw new Error(`mcp-remote keeps its tokens elsewhere: ${files.length} files were found`)
  const file = path.join(home, files[0]!)
  const tokens = JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>
  await writeFile(file, JSON.stringify({ ...tokens, access_token: 'plugt_spoiled' }))
}
