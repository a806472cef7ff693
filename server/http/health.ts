// For whoever watches the process: `/healthz` says that it answers at all, `/readyz` whether to send
// it traffic.
import type { ServerResponse } from 'node:http'
import type { House } from '../context/context.ts'
import { checkDatabase } from '../installation/check-database.ts'

export interface Health {
  /** From now on not ready: stop sending requests. */
  drain(): void
  /** True if the path was one of these; then it answers. */
  handle(path: string, response: ServerResponse): boolean
}

export function createHealth(house: House): Health {
  let draining = false

  async function readiness(): Promise<{ ready: boolean; reason?: string }> {
    if (draining) return { ready: false, reason: 'draining' }
    try {
      await checkDatabase(house)
      return { ready: true }
    } catch (error) {
      house.log.error('not ready: the database does not answer', { error })
      return { ready: false, reason: 'database' }
    }
  }

  return {
    drain() {
      draining = true
    },
    handle(path, response) {
      if (path === '/healthz') send(response, 200, { status: 'ok' })
      else if (path === '/readyz') void readiness().then((state) => send(response, state.ready ? 200 : 503, state))
      else return false
      return true
    },
  }
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' })
  response.end(JSON.stringify(body))
}
