import { mkdtemp, rename, rm, stat } from 'node:fs/promises'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { adminSocketPath, startAdminSocket, type AdminRoutes, type AdminSocket } from '../../../server/admin/admin-socket.ts'
import { callAdmin } from '../../../server/admin/call-admin.ts'
import { invalidInput } from '../../../server/lib/app-error.ts'
import { silentLogger } from '../../../server/lib/logger.ts'

let dataDir: string
let path: string
let socket: AdminSocket | undefined
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'plugboard-admin-'))
  path = adminSocketPath(dataDir)
})
afterEach(async () => {
  await socket?.close()
  socket = undefined
  await rm(dataDir, { recursive: true })
})

const start = async (routes: AdminRoutes) => (socket = await startAdminSocket({ path, routes, logger: silentLogger }))
const failing = (code: string) => expect.objectContaining({ code })

test('a command reaches its route with its argument and brings back the answer', async () => {
  await start({ echo: async (argument) => ({ argument: argument ?? null }) })
  expect(await callAdmin(path, 'echo', 'k/1 &?')).toEqual({ argument: 'k/1 &?' })
  expect(await callAdmin(path, 'echo')).toEqual({ argument: null })
})

test('only its own user may open the socket', async () => {
  await start({})
  expect((await stat(path)).mode & 0o777).toBe(0o600)
})

test('a refusal arrives with its code and message, an unforeseen failure without its text', async () => {
  await start({
    refuse: async () => Promise.reject(invalidInput('kekId', 'is unknown')),
    crash: async () => Promise.reject(new Error('secret inside')),
  })
  await expect(callAdmin(path, 'refuse')).rejects.toMatchObject({ code: 'input.invalid', message: 'kekId: is unknown' })
  const withoutText = { code: 'internal.unexpected', message: expect.not.stringContaining('secret') }
  await expect(callAdmin(path, 'crash')).rejects.toMatchObject(withoutText)
})

test('an unknown command is refused, names inherited from Object included', async () => {
  await start({})
  for (const name of ['unknown', 'constructor', '__proto__', ''])
    await expect(callAdmin(path, name)).rejects.toEqual(failing('admin.route_unknown'))
})

test('without a server the caller hears that none runs, also after one has died and left its socket', async () => {
  await expect(callAdmin(path, 'status')).rejects.toEqual(failing('admin.not_running'))
  await leaveDeadSocket(path)
  await expect(callAdmin(path, 'status')).rejects.toEqual(failing('admin.not_running'))
})

test('a socket left behind is replaced, one that answers is not', async () => {
  await leaveDeadSocket(path)
  await start({ who: async () => 'first' })
  await expect(startAdminSocket({ path, routes: {}, logger: silentLogger })).rejects.toEqual(failing('admin.socket_taken'))
  expect(await callAdmin(path, 'who')).toBe('first')
})

test('a data directory whose path is too long for a socket is refused, because the system would cut it', async () => {
  const long = join(dataDir, 'x'.repeat(120))
  await expect(startAdminSocket({ path: long, routes: {}, logger: silentLogger })).rejects.toEqual(failing('admin.socket_path_too_long'))
})

/** A socket file that nobody listens on. */
async function leaveDeadSocket(at: string) {
  const moved = `${at}.moved`
  const server = await new Promise<Server>((resolve) => {
    const listening = createServer().listen(moved, () => resolve(listening))
  })
  await rename(moved, at)
  await new Promise((resolve) => server.close(resolve))
}
