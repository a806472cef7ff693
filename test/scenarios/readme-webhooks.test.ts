// What README.md says about hearing what happens, typed as it stands there.
import { tmpdir } from 'node:os'
import { expect, it, onTestFinished } from 'vitest'
import { hasCurl, pasteScript, readmeBlocks } from '../support/readme.ts'
import { startPlugboard } from '../support/start-plugboard.ts'

it.skipIf(!hasCurl)('an endpoint is made with the line about it', async () => {
  const plugboard = await startPlugboard()
  onTestFinished(() => plugboard.stop())
  const { key } = await plugboard.createKey(plugboard.services.setUp.organizationId)
  const [make] = readmeBlocks('## Hearing what happens', 'sh')
  const script = make!.replaceAll('localhost:3000', new URL(plugboard.url).host)
  const [made] = await pasteScript(script, { cwd: tmpdir(), env: { PLUGBOARD_KEY: key } })
  expect(made).toMatchObject({ namespace: 'demo', enabled: true, secret: expect.stringMatching(/^whsec_/) })
})
