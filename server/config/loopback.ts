// Which host names mean "this machine, and nobody else". RFC 1122 §3.2.1.3, RFC 4291 §2.5.3, RFC 6761 §6.3.
import { isIPv4 } from 'node:net'

/** Takes a bare address, a name, or a URL's hostname (IPv6 in brackets). */
export function isLoopbackHost(host: string): boolean {
  const bare = host.toLowerCase().replace(/^\[(.*)\]$/, '$1')
  return bare === 'localhost' || bare === '::1' || (isIPv4(bare) && bare.startsWith('127.'))
}
