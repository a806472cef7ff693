// A second authorization server that nobody here wrote: the MCP SDK's, which asks the person nothing and takes only tokens
// that were issued for its MCP server.
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { ConnectionView } from '../../server/connections/connection-view.ts'
import { consentTo } from '../support/oauth-connection.ts'
import { startSdkOAuthExample, type SdkOAuthExample } from '../support/sdk-oauth-example.ts'
import { type RunningPlugboard, startPlugboard } from '../support/start-plugboard.ts'

let example: SdkOAuthExample
let plugboard: RunningPlugboard

beforeAll(async () => {
  example = await startSdkOAuthExample()
  plugboard = await startPlugboard()
})
afterAll(async () => {
  await plugboard?.stop()
  await example?.close()
})

it('the SDK’s own protected server is connected, consented to and called', async () => {
  await plugboard.send('PUT', '/namespaces/acme')
  const { body: view } = await plugboard.send<ConnectionView>('PUT', '/acme/example', { mcpUrl: example.url })
  expect(view.status).toMatchObject({ state: 'auth_required' })
  expect(await consentTo(plugboard.house, view)).toMatchObject({ connectionId: 'example', status: { state: 'connected' } })
  const { body } = await plugboard.send('POST', '/acme/example/.tools/greet', { name: 'Ada' })
  expect(body).toMatchObject({ content: [{ type: 'text', text: 'Hello, Ada!' }] })
})
