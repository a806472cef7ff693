import type { lookup as dnsLookup } from 'node:dns'
import { afterEach, expect, it, vi } from 'vitest'
import { createConnector } from '../../../server/egress/connector.ts'
import { createDestinations } from '../../../server/egress/destination.ts'
import { startTcpTrap } from '../../support/tcp-trap.ts'
import { stubLookup } from '../../support/test-egress.ts'

afterEach(() => void vi.useRealTimers())

const destinations = createDestinations({
  laptop: false,
  allow: [{ kind: 'cidr', cidr: '127.0.0.0/8' }],
  hosts: new Map(),
  publicUrl: new URL('https://plug.example'),
  ownListeners: () => [],
})

function connect(lookup: typeof dnsLookup, port: number): Promise<string> {
  const connector = createConnector({
    hostname: 'mcp.example',
    route: { kind: 'name', name: 'mcp.example', listed: false, port },
    destinations,
    lookup,
    startTls: undefined,
  })
  return new Promise((resolve) => {
    connector((error, socket) => {
      socket?.destroy()
      resolve(error ? (error as Error & { code: string }).code : 'connected')
    })
  })
}

it('DNS that does not answer is given up after five seconds, and its late answer goes nowhere', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const trap = await startTcpTrap()
  let answerLate = () => {}
  const silent = ((_name: string, _options: object, answer: (error: null, addresses: object[]) => void) => {
    answerLate = () => answer(null, [{ address: '127.0.0.1', family: 4 }])
  }) as unknown as typeof dnsLookup
  const outcome = connect(silent, trap.port)
  vi.advanceTimersByTime(5000)
  expect(await outcome).toBe('EGRESS_CONNECT_TIMEOUT')
  answerLate()
  await new Promise(setImmediate)
  expect(trap.connections()).toBe(0)
  await trap.stop()
})

it('of several permitted answers the next is tried when one refuses', async () => {
  const trap = await startTcpTrap()
  // The trap listens on 127.0.0.1 only: 127.0.0.2 refuses.
  expect(await connect(stubLookup({ 'mcp.example': ['127.0.0.2', '127.0.0.1'] }).lookup, trap.port)).toBe('connected')
  await trap.stop()
})
