import { connect, createServer, type AddressInfo } from 'node:net'
import { once } from 'node:events'
import { expect, it } from 'vitest'
import { recordConsole } from './support/console-guard.ts'
import { guardSockets } from './support/socket-guard.ts'

// The guards under test take the place of the ones that setup.ts installed, so what they catch stays with them.
it('what a test prints is caught', () => {
  const previous = { ...console }
  const printed = recordConsole()
  console.warn('found %d', 3)
  Object.assign(console, previous)
  expect(printed).toEqual(['console.warn was called: found 3'])
})

it.each([
  ['an address', { host: '192.0.2.1', port: 9 }],
  ['an IPv6 address', { host: '2001:db8::1', port: 9 }],
])('a socket to %s outside is destroyed and named', async (_what, target) => {
  const refused = guardSockets()
  const [error] = (await once(connect(target), 'error').catch((caught: unknown) => [caught])) as [Error]
  expect(error.message).toContain(target.host)
  expect(refused).toEqual([expect.stringContaining(target.host)])
})

it('a name that resolves to an address outside is refused before it is connected to', async () => {
  const refused = guardSockets()
  const lookup = (_name: string, _options: unknown, done: (error: null, address: { address: string; family: number }[]) => void) =>
    done(null, [{ address: '192.0.2.1', family: 4 }])
  const socket = connect({ host: 'somewhere.test', port: 9, lookup: lookup as never, autoSelectFamily: true })
  await once(socket, 'error').catch(() => undefined)
  expect(socket.destroyed).toBe(true)
  expect(refused).toEqual([expect.stringContaining('192.0.2.1')])
})

it('loopback is open', async () => {
  const refused = guardSockets()
  const server = createServer((socket) => socket.end('hello')).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
  const [data] = (await once(socket, 'data')) as [Buffer]
  expect(data.toString()).toBe('hello')
  socket.destroy()
  server.close()
  expect(refused).toEqual([])
})
