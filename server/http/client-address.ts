// Where a request comes from: what the socket says, or, if that is a proxy of ours, what the proxy says.
import type { IncomingMessage } from 'node:http'
import { isIP } from 'node:net'
import { createAddressList } from '../config/address-list.ts'

export type ReadClientAddress = (request: Pick<IncomingMessage, 'headers' | 'socket'>) => string

/** `trustedProxies`: addresses and CIDRs. */
export function createClientAddress(trustedProxies: readonly string[]): ReadClientAddress {
  const trusted = createAddressList(trustedProxies)

  return ({ headers, socket }) => {
    let address = plain(socket.remoteAddress ?? '')
    // Each proxy appends whom it heard from; what stands left of the first stranger is that stranger's own claim.
    const heard = [headers['x-forwarded-for'] ?? []].flat().join(',').split(',')
    while (trusted.includes(address)) {
      const before = plain((heard.pop() ?? '').trim())
      if (isIP(before) === 0) break
      address = before
    }
    return address
  }
}

/** RFC 4291 §2.5.5.2: an IPv4 address that arrived on an IPv6 socket. */
const plain = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/i, '')
