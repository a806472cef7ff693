// Refused before any route looks: a Host that is not ours (DNS rebinding), a request that has been
// through here before (a loop).
import type { IncomingMessage } from 'node:http'
import type { Config } from '../config/config.ts'
import { isLoopbackHost } from '../config/loopback.ts'
import type { Egress } from '../egress/egress.ts'
import { AppError } from '../lib/app-error.ts'

const unknownHost = () =>
  new AppError({ code: 'http.unknown_host', kind: 'forbidden', message: 'This Host is not served here. Call Plugboard under its PUBLIC_URL.' })

const loopDetected = () =>
  new AppError({ code: 'http.loop', kind: 'loop', message: 'This request has been through Plugboard already: a connection points back here.' })

export interface Guard {
  /** What is wrong with this request, if anything. */
  refuse(request: IncomingMessage): AppError | undefined
}

export function createGuard(config: Pick<Config, 'laptop' | 'publicUrl'>, egress: Pick<Egress, 'isOwnVia'>): Guard {
  const publicHost = config.publicUrl.host.toLowerCase()
  const isOwnHost = (host: string): boolean => {
    if (host.toLowerCase() === publicHost) return true
    // On a laptop names count, not ports: dev servers and forwarders pick their own.
    return config.laptop && URL.canParse(`http://${host}`) && isLoopbackHost(new URL(`http://${host}`).hostname)
  }
  // Nearly every request says the same one, and parsing it costs more than the rest of this file.
  let lastOwnHost: string | undefined
  return {
    refuse(request) {
      if (request.headers.via !== undefined && egress.isOwnVia(request.headers.via)) return loopDetected()
      if (request.url === '/healthz') return undefined
      const { host } = request.headers
      if (host === undefined) return unknownHost()
      if (host !== lastOwnHost && !isOwnHost(host)) return unknownHost()
      lastOwnHost = host
      return undefined
    },
  }
}
