// Where a request comes from: what the socket says, or, if that is a proxy of ours, what the proxy says.
import type { IncomingMessage } from 'node:http'
import { BlockList, isIP, isIPv6 } from 'node:net'

export type ReadClientAddress = (request: Pick<IncomingMessage, 'headers' | 'socket'>) => string

/** `trustedProxies`: addresses and CIDRs. */
export function createClientAddress(trustedProxies: readonly string[]): ReadClientAddress {
  const trusted = new BlockList()
  for (const range of trustedProxies) {
    const [address = '', bits] = range.split('/')
    const family = isIPv6(address) ? 'ipv6' : 'ipv4'
    if (bits === undefined) trusted.addAddress(address, family)
    else trusted.addSubnet(address, Number(bits), family)
  }
  const isTrusted = (address: string) => trusted.check(address, isIPv6(address) ? 'ipv6' : 'ipv4')

  return ({ headers, socket }) => {
    let address = plain(socket.remoteAddress ?? '')
    // Each proxy appends whom it heard from; what stands left of the first stranger is that stranger's own claim.
    const heard = [headers['x-forwarded-for'] ?? []].flat().join(',').split(',')
    while (isIP(address) !== 0 && isTrusted(address)) {
      const before = plain((heard.pop() ?? '').trim())
      if (isIP(before) === 0) break
      address = before
    }
    return address
  }
}

/** RFC 4291 §2.5.5.2: an IPv4 address that arrived on an IPv6 socket. */
const plain = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/i, '')
