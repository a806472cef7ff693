// Maintenance beside a running server: HTTP over a Unix socket in the data directory. Whoever may
// open the socket may use it; that is the process's own user (socket 0600 in a directory 0700).
import { chmod, unlink } from 'node:fs/promises'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { connect } from 'node:net'
import { join } from 'node:path'
import { toAppError } from '../lib/app-error.ts'
import { errorBody, errorTable } from '../lib/error-table.ts'
import { newRequestId } from '../lib/ids.ts'
import type { Logger } from '../lib/logger.ts'
import { adminRouteUnknown, adminSocketFailed, adminSocketPathTooLong, adminSocketTaken } from './admin-errors.ts'

/** `argument` is what follows the command on its line. The answer becomes JSON. */
export type AdminRoute = (argument?: string) => Promise<unknown>
export type AdminRoutes = Readonly<Record<string, AdminRoute>>

export const adminSocketPath = (dataDir: string): string => join(dataDir, 'admin.sock')

/** What sockaddr_un holds on macOS, the smallest of our systems. */
const MAX_SOCKET_PATH_BYTES = 103

export interface AdminSocket {
  close(): Promise<void>
}

/** @throws admin.socket_taken, socket_path_too_long, socket_failed */
export async function startAdminSocket(input: { path: string; routes: AdminRoutes; logger: Logger }): Promise<AdminSocket> {
  const { path, routes, logger } = input
  // Longer ones are cut without a word, and the socket then lies somewhere else.
  if (Buffer.byteLength(path) > MAX_SOCKET_PATH_BYTES) throw adminSocketPathTooLong(path)
  await removeDeadSocket(path)
  const server = createServer((request, response) => void answer(request, response, routes, logger))
  await listen(server, path)
  await chmod(path, 0o600)
  return {
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function answer(request: IncomingMessage, response: ServerResponse, routes: AdminRoutes, logger: Logger): Promise<void> {
  const requestId = newRequestId()
  try {
    const url = new URL(request.url ?? '/', 'http://admin')
    const name = url.pathname.slice(1)
    const route = request.method === 'POST' && Object.hasOwn(routes, name) ? routes[name] : undefined
    if (!route) throw adminRouteUnknown()
    send(response, 200, await route(url.searchParams.get('argument') ?? undefined))
    logger.info('maintenance command answered', { requestId, route: name })
  } catch (error) {
    const appError = toAppError(error)
    logger.error('maintenance command failed', { requestId, error: appError })
    send(response, errorTable[appError.kind].status, errorBody(appError, requestId))
  }
}

const send = (response: ServerResponse, status: number, body: unknown) =>
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))

const listen = (server: Server, path: string) =>
  new Promise<void>((resolve, reject) => {
    server.on('error', (cause) => reject(adminSocketFailed(path, cause)))
    server.listen(path, resolve)
  })

/** A process that died left its socket behind; one that answers is somebody else's. */
async function removeDeadSocket(path: string): Promise<void> {
  const answered = await new Promise<boolean>((resolve) => {
    const probe = connect(path, () => resolve(true)).on('error', () => resolve(false)).on('connect', () => probe.destroy())
  })
  if (answered) throw adminSocketTaken(path)
  await unlink(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw adminSocketFailed(path, error)
  })
}
