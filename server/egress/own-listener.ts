// The loop guard: Plugboard never calls itself, however its own address is spelled. `via.ts` catches
// the loops that go through somebody else.
import { networkInterfaces } from 'node:os'
import { isLoopbackHost } from '../config/loopback.ts'
import { canonicalAddress } from './public-address.ts'

export interface ListenerAddress {
  address: string
  port: number
}

const WILDCARDS = new Set(['0.0.0.0', '::'])

/** Loopback has millions of spellings (127.0.0.0/8): here they are one. */
const sameMachinePlace = (address: string): string => (isLoopbackHost(address) || WILDCARDS.has(address) ? 'loopback' : address)

/** True if a connection to this address and port would arrive at one of our own listeners. */
export function isOwnListener(target: ListenerAddress, listeners: readonly ListenerAddress[]): boolean {
  const onPort = listeners.filter((listener) => listener.port === target.port)
  if (onPort.length === 0) return false
  const place = sameMachinePlace(canonicalAddress(target.address) ?? target.address)
  return onPort.some((listener) => {
    const own = canonicalAddress(listener.address) ?? listener.address
    return sameMachinePlace(own) === place || (WILDCARDS.has(own) && isInterfaceAddress(place))
  })
}

const isInterfaceAddress = (address: string): boolean =>
  Object.values(networkInterfaces()).some((entries) => entries?.some((entry) => canonicalAddress(entry.address) === address))

/** True if the URL is PUBLIC_URL's host and port, by whatever scheme. */
export function isPublicUrl(hostname: string, port: number, publicUrl: URL): boolean {
  const own = bareHostname(publicUrl)
  const ownPort = portOf(publicUrl)
  return port === ownPort && sameMachinePlace(canonicalAddress(hostname) ?? hostname) === sameMachinePlace(canonicalAddress(own) ?? own)
}

/** A URL's host without the brackets of IPv6 and the root dot of DNS. */
export const bareHostname = (url: URL): string => url.hostname.toLowerCase().replace(/^\[(.*)\]$/, '$1').replace(/\.$/, '')

export const portOf = (url: URL): number => (url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port))
