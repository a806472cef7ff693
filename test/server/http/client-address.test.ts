import type { Socket } from 'node:net'
import { expect, it } from 'vitest'
import { createClientAddress } from '../../../server/http/client-address.ts'

const read = (trusted: string[], peer: string, forwarded?: string) =>
  createClientAddress(trusted)({ socket: { remoteAddress: peer } as Socket, headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded } })

it.each<[what: string, trusted: string[], peer: string, forwarded: string | undefined, address: string]>([
  ['the socket’s, if no proxy is trusted', [], '203.0.113.9', '198.51.100.1', '203.0.113.9'],
  ['the socket’s, if the peer is no trusted proxy', ['10.0.0.0/8'], '203.0.113.9', '198.51.100.1', '203.0.113.9'],
  ['the proxy’s word, if the proxy is trusted', ['10.0.0.0/8'], '10.1.2.3', '198.51.100.1', '198.51.100.1'],
  ['the last stranger before trusted proxies, not what that stranger says', ['10.0.0.0/8'], '10.1.2.3', '1.1.1.1, 198.51.100.1, 10.9.9.9', '198.51.100.1'],
  ['the proxy’s own, if it says nothing', ['10.0.0.1'], '10.0.0.1', undefined, '10.0.0.1'],
  ['the proxy’s own, if it says nonsense', ['10.0.0.1'], '10.0.0.1', 'unknown', '10.0.0.1'],
  ['of IPv6, too', ['fd00::/8'], 'fd00::1', '2001:db8::7', '2001:db8::7'],
  ['IPv4 that arrived on an IPv6 socket', ['10.0.0.1'], '::ffff:10.0.0.1', '::ffff:198.51.100.1', '198.51.100.1'],
])('a client’s address is %s', (_what, trusted, peer, forwarded, address) => {
  expect(read(trusted, peer, forwarded)).toBe(address)
})
