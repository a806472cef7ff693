// What README.md says about connecting an end user, typed as it stands there, with a person who follows the link.
import { tmpdir } from 'node:os'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { FIRST_NAMESPACE } from '../../server/boot/first-run.ts'
import { APP, type ConnectingApp, startConnectingApp } from '../support/connecting-app.ts'
import { createConnectingPerson } from '../support/connecting-person.ts'
import { hasCurl, pasteScript, readmeBlocks } from '../support/readme.ts'

let app: ConnectingApp
let key: string

beforeAll(async () => {
  app = await startConnectingApp()
  key = (await app.plugboard.createKey(app.plugboard.services.setUp.organizationId)).key
})
afterAll(() => app?.stop())

const paste = (block: string, env: Record<string, string> = {}) => {
  const script = block.replaceAll('localhost:3000', new URL(app.plugboard.url).host).replaceAll('https://mcp.example.com/mcp', app.upstream.url)
  return pasteScript(script, { cwd: tmpdir(), env: { PLUGBOARD_KEY: key, ...env } })
}

it.skipIf(!hasCurl)('an end user is connected with the lines about it', async () => {
  const [make, complete] = readmeBlocks('## Connecting an end user', 'sh')
  const [settings, session] = await paste(make!)
  expect(settings).toMatchObject({ allowedOrigins: [APP] })
  const back = await createConnectingPerson().connect(String(session!.url))
  expect(back.origin + back.pathname).toBe(`${APP}/connected`)
  const { code, connectionId, status, connectSessionId } = Object.fromEntries(back.searchParams)
  expect([status, connectSessionId]).toEqual(['pending', session!.connectSessionId])
  const answers = await paste(complete!, { SESSION: connectSessionId!, CODE: code! })
  const done = { status: 'completed', connectionId, connectionStatus: { state: 'connected' } }
  expect(answers).toEqual([done, done])
  const authorization = `Bearer ${key}`
  const list = await app.plugboard.send('GET', `/${FIRST_NAMESPACE}?metadata.userId=123`, undefined, { authorization })
  expect(list.body).toMatchObject({ connections: [{ connectionId }] })
})
