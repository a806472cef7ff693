// What README.md says about service tokens, typed as it stands there: the token that its lines narrow is one that the server takes.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest'
import { FIRST_NAMESPACE } from '../../server/boot/first-run.ts'
import { hasCurl, pasteScript, readmeBlocks } from '../support/readme.ts'
import { bearer, mintServiceToken } from '../support/service-tokens.ts'
import { type RunningPlugboard, startPlugboard } from '../support/start-plugboard.ts'

let plugboard: RunningPlugboard
let key: string
beforeAll(async () => {
  plugboard = await startPlugboard()
  key = (await plugboard.createKey(plugboard.services.setUp.organizationId)).key
})
afterAll(() => plugboard.stop())

it.skipIf(!hasCurl)('a token is minted with the line about it', async () => {
  const [line] = readmeBlocks('## Service tokens', 'sh')
  const [minted] = await pasteScript(line!.replaceAll('localhost:3000', new URL(plugboard.url).host), { cwd: tmpdir(), env: { PLUGBOARD_KEY: key } })
  expect(minted).toEqual({ token: expect.stringMatching(/^plugt_/), expiresAt: new Date(plugboard.house.now() + 30 * 60_000).toISOString() })
})

it('the function that narrows gives a token that may do less, and lives no longer', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'plugboard-readme-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const file = join(folder, 'narrow.mjs')
  await writeFile(file, readmeBlocks('## Service tokens', 'js')[0]!)
  const { narrow } = (await import(pathToFileURL(file).href)) as { narrow(token: string, limit: object): string }
  const { token } = await mintServiceToken(plugboard, {}, key)
  const narrowed = narrow(token, { policy: [{ operations: ['read'] }], exp: plugboard.house.now() / 1000 + 60 })
  const look = async (credential: string) => (await plugboard.send('GET', `/${FIRST_NAMESPACE}`, undefined, bearer(credential))).status
  const change = async (credential: string) =>
    (await plugboard.send('POST', `/${FIRST_NAMESPACE}`, { mcpUrl: 'http://127.0.0.1:1/mcp' }, bearer(credential))).status
  expect([await look(token), await change(token), await look(narrowed), await change(narrowed)]).toEqual([200, 201, 200, 403])
  plugboard.advance(60_000)
  expect([await look(token), await look(narrowed)]).toEqual([200, 401])
})
