// TLS over a socket that is already connected to a checked address: the certificate must prove the name in
// the URL, whatever address that is.
import { LRUCache } from 'lru-cache'
import { isIP, type Socket } from 'node:net'
import { connect as connectTls, createSecureContext, rootCertificates, type SecureContext } from 'node:tls'

/** `fail` may be called after `done`, when the socket breaks. */
export type StartTls = (socket: Socket, fail: (error: Error) => void, done: (secured: Socket) => void) => void

export interface Tls {
  /** Sessions are resumed among those who name the same `place`. */
  starter(hostname: string, place: string): StartTls
}

const MAX_SESSIONS = 1000

/** `extraAuthority` (PEM) is trusted besides Node's own certificate authorities. */
export function createTls(extraAuthority: string | undefined): Tls {
  const sessions = new LRUCache<string, Buffer>({ max: MAX_SESSIONS })
  let context: SecureContext | undefined

  function start(socket: Socket, hostname: string, place: string): ReturnType<typeof connectTls> {
    if (extraAuthority !== undefined) context ??= createSecureContext({ ca: [...rootCertificates, extraAuthority] })
    const session = sessions.get(place)
    return connectTls({
      socket,
      host: hostname,
      ALPNProtocols: ['http/1.1'],
      // An address is proven by its certificate, and never sent (RFC 6066 §3).
      ...(isIP(hostname) === 0 && { servername: hostname }),
      ...(context && { secureContext: context }),
      ...(session && { session }),
    })
  }

  return {
    starter: (hostname, place) => (socket, fail, done) => {
      const secured = start(socket, hostname, place)
      // Node tells of a session only once its certificate was accepted.
      secured.on('session', (session) => void sessions.set(place, session))
      secured.once('error', fail)
      secured.once('secureConnect', () => done(secured))
    },
  }
}
