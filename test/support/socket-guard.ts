import { isIP, Socket } from 'node:net'

const isLoopback = (address: string) => /^(127\.|::1$|::ffff:127\.)/i.test(address)

/** The host of `connect(options)`, `connect(port, host)`; undefined for a socket file or the default, localhost. */
function targetHost(args: readonly unknown[]): string | undefined {
  // net.connect normalises its arguments into one array before it calls the method.
  const [first, second] = Array.isArray(args[0]) ? (args[0] as unknown[]) : args
  if (typeof first === 'object' && first !== null) return (first as { host?: string }).host
  return typeof second === 'string' ? second : undefined
}

const unguardedConnect = Socket.prototype.connect

/** Destroys every connection to an address that is not loopback, before a byte leaves; the list tells which. The newest guard replaces the last. */
export function guardSockets(): string[] {
  const refused: string[] = []
  function guardedConnect(this: Socket, ...args: unknown[]): Socket {
    const refuse = (address: string) => {
      refused.push(`a socket to ${address} was opened: tests talk to loopback only`)
      this.destroy(new Error(`tests may not connect to ${address}`))
    }
    const host = targetHost(args)
    // Node emits 'lookup' for each resolved address and looks whether the socket still lives before it connects.
    this.prependListener('lookup', (_error, address) => void (address && !isLoopback(address) && refuse(`${host} (${address})`)))
    if (host !== undefined && isIP(host) && !isLoopback(host)) {
      process.nextTick(refuse, host)
      return this
    }
    return Reflect.apply(unguardedConnect, this, args) as Socket
  }
  Socket.prototype.connect = guardedConnect as typeof unguardedConnect
  return refused
}
