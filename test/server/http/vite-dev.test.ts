// Development serves the pages' sources, and nothing else of the disk: neither our sources nor our keys.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { once } from 'node:events'
import { createServer, type IncomingMessage, request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createViteDev, type ViteDev } from '../../../server/http/vite-dev.ts'
import { root } from '../../support/page-server.ts'

let server: Server
let vite: ViteDev
let origin: string
/** Inside an allowed folder, so that only the deny list protects it. */
let dataDir: string

beforeAll(async () => {
  dataDir = mkdtempSync(join(root, 'node_modules/.plugboard-data-'))
  writeFileSync(join(dataDir, 'kek'), 'the key')
  server = createServer()
  vite = await createViteDev({ root, dataDir, server, logLevel: 'silent' })
  server.on('request', (request, response) => vite.middleware(request, response, () => response.writeHead(404).end('not Vite’s')))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}, 60_000)
afterAll(async () => {
  await vite?.close()
  server?.closeAllConnections()
  server?.close()
  rmSync(dataDir, { recursive: true })
})

it('a page’s source is served, and no other origin may read it', async () => {
  const answer = await fetch(`${origin}/app/root.tsx`, { headers: { origin: 'http://evil.test' } })
  expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([200, null])
})

it.each([
  '/server/config/load.ts',
  '/server/config/load.ts?raw',
  '/server/config/load.ts?import&raw',
  '/server/config/load.ts?url&inline',
  '/package.json?raw',
  '/package-lock.json?import&raw',
  '/vite.config.ts',
  '/test/setup.ts?raw',
  '/.env',
  `/@fs${root}.git/HEAD`,
  `/@fs${root}.git/HEAD?raw??`,
  `/@fs${root}server/config/load.ts?raw`,
  `/@fs${root}app/%2e%2e/server/config/load.ts?raw`,
  '/@fs/etc/passwd',
  '/@fs/etc/passwd?raw??',
  '/@fs/etc/passwd?import&raw',
])('%s is refused', async (path) => {
  expect((await fetch(`${origin}${path}`)).status).toBeGreaterThanOrEqual(400)
})

it('the data directory is refused wherever it lies', async () => {
  const name = dataDir.split('/').at(-1)
  for (const path of [`/node_modules/${name}/kek`, `/@fs${dataDir}/kek`, `/@fs${dataDir}/kek?raw`, `/node_modules/${name}/kek?import&raw`]) {
    const answer = await fetch(`${origin}${path}`)
    expect([path, answer.status >= 400, (await answer.text()).includes('the key')]).toEqual([path, true, false])
  }
})

it('a foreign host name, as in DNS rebinding, is refused', async () => {
  const asked = request(`${origin}/app/root.tsx`, { headers: { host: 'evil.test' } }).end()
  const [answer] = (await once(asked, 'response')) as [IncomingMessage]
  answer.resume()
  expect(answer.statusCode).toBe(403)
})
