// Addresses in metadata are a stranger's text. Whatever is not a plain http(s) address is refused before
// anybody fetches it or is sent to it.
import { isLoopbackHost } from '../../config/loopback.ts'

const MAX_LENGTH = 2048

/** https, or http on loopback where the installation allows that at all (the egress guard decides when it is fetched). */
export function readEndpoint(value: unknown, options: { allowHttpLoopback: boolean }): URL | undefined {
  if (typeof value !== 'string' || value.length > MAX_LENGTH || !URL.canParse(value)) return undefined
  const url = new URL(value)
  // RFC 6749 §3.1, §3.2: no fragment. A user name would be sent along as a credential.
  if (url.hash !== '' || url.username !== '' || url.password !== '') return undefined
  if (url.protocol === 'https:') return url
  return url.protocol === 'http:' && options.allowHttpLoopback && isLoopbackHost(url.hostname) ? url : undefined
}
