// Which addresses belong to the public internet. ipaddr.js names the special ranges (IANA special-purpose
// registries, RFC 6890); what it calls unicast and still is not for us stands here.
import ipaddr from 'ipaddr.js'
import { isIP } from 'node:net'

const DENIED = ['168.63.129.16/32', '192.88.99.0/24', '192.31.196.0/24', '192.52.193.0/24', '192.175.48.0/24'].map((cidr) => ipaddr.IPv4.parseCIDR(cidr))

// IPv6 in use on the public internet begins with 001 (RFC 4291 §2.4, IANA ipv6-address-space). This also
// shuts out IPv4-compatible, NAT64 and translated forms in which a private IPv4 address can hide.
const GLOBAL_UNICAST = ipaddr.IPv6.parseCIDR('2000::/3')

/** One spelling for each address: IPv4 out of its IPv6-mapped form, RFC 5952, without a zone; undefined if it is none. */
export function canonicalAddress(text: string): string | undefined {
  if (isIP(text) === 0) return undefined
  const address = ipaddr.process(text.split('%')[0]!)
  return address.kind() === 'ipv6' ? (address as ipaddr.IPv6).toRFC5952String() : address.toString()
}

export function isPublicAddress(text: string): boolean {
  // A zone (RFC 4007 §11) is only ever needed for addresses that are not public.
  if (isIP(text) === 0 || text.includes('%')) return false
  const address = ipaddr.process(text)
  if (address.range() !== 'unicast') return false
  if (address.kind() === 'ipv6') return (address as ipaddr.IPv6).match(GLOBAL_UNICAST)
  return !DENIED.some((cidr) => (address as ipaddr.IPv4).match(cidr))
}
