// The built pages on a loopback port, with whatever a test wants them to be told.
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { getRequestListener } from '@hono/node-server'
import { createAssetHandler } from '../../server/http/assets.ts'
import { createStrangersCaller } from '../../server/api/caller.ts'
import { explainError } from '../../server/http/explain-error.ts'
import type { AccountDoor, ConsentDoor, PageContext, SetupDoor, StatusSummary } from '../../server/http/page-context.ts'
import { pageHeaders } from '../../server/http/page-headers.ts'
import { createRemixHandler } from '../../server/http/remix.ts'

export const root = fileURLToPath(new URL('../..', import.meta.url))

export interface PageServer {
  origin: string
  /** What pages reported for the log. */
  reported: unknown[]
  close(): Promise<void>
}

const shut = () => Promise.reject(new Error('this test opens no door to an account'))
const shutDoor: AccountDoor = {
  needsOwner: async () => false,
  createOwner: shut,
  signIn: shut,
  signOut: shut,
  findInvitation: async () => undefined,
  acceptInvitation: shut,
  changePassword: shut,
}

const shutSetup: SetupDoor = { visit: async () => undefined, begin: shut, finish: shut, clientDocument: () => undefined }

const shutConsent: ConsentDoor = { visit: async () => ({ kind: 'signed_out' }), allow: shut, refuse: shut }

/** For a stranger, unless `given` says otherwise. */
export async function startPageServer(status: (url: URL) => Promise<StatusSummary>, given: Partial<PageContext> = {}): Promise<PageServer> {
  const serveAsset = createAssetHandler(`${root}/build/client`)
  const renderPage = await createRemixHandler({ root, mode: 'production' })
  const reported: unknown[] = []
  const answer = async (request: Request) => {
    const nonce = randomBytes(16).toString('base64')
    const page = await renderPage(request, {
      nonce,
      requestId: 'req_of_this_page',
      publicUrl: 'http://127.0.0.1:3000',
      now: Date.now(),
      status: () => status(new URL(request.url)),
      visitor: undefined,
      api: createStrangersCaller('req_of_this_page'),
      account: shutDoor,
      setup: shutSetup,
      consent: shutConsent,
      explain: (error) => explainError(error, 'req_of_this_page'),
      reportError: (error) => void reported.push(error),
      ...given,
    })
    for (const [name, value] of Object.entries(pageHeaders({ nonce, https: false }))) page.headers.set(name, value)
    return page
  }
  const server = createServer(getRequestListener((request) => serveAsset(request) ?? answer(request)))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    reported,
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
