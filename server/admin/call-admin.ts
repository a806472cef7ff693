// The other end of the admin socket.
import { request } from 'node:http'
import { text } from 'node:stream/consumers'
import { AppError } from '../lib/app-error.ts'
import { type ErrorBody } from '../lib/error-table.ts'
import { adminNotRunning, adminSocketFailed } from './admin-errors.ts'

const NOBODY_THERE = new Set(['ENOENT', 'ECONNREFUSED'])

/** Runs one command in the server that is running. @throws admin.not_running, and whatever the command throws */
export async function callAdmin(socketPath: string, name: string, argument?: string): Promise<unknown> {
  const query = argument === undefined ? '' : `?${new URLSearchParams({ argument })}`
  const { status, body } = await post(socketPath, `/${name}${query}`)
  if (status === 200) return JSON.parse(body)
  const { code, message } = JSON.parse(body) as ErrorBody
  throw new AppError({ code, kind: 'unavailable', message })
}

const post = (socketPath: string, path: string) =>
  new Promise<{ status: number | undefined; body: string }>((resolve, reject) => {
    const fail = (cause: NodeJS.ErrnoException) =>
      reject(NOBODY_THERE.has(cause.code ?? '') ? adminNotRunning(cause) : adminSocketFailed(socketPath, cause))
    request({ socketPath, path, method: 'POST' }, (response) => {
      text(response).then((body) => resolve({ status: response.statusCode, body }), fail)
    })
      .on('error', fail)
      .end()
  })
