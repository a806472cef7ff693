// `/metrics`, for a Prometheus that knows METRICS_TOKEN. Without one there is no such path: what a process does is nobody's
// business who can only reach it.
import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Registry } from 'prom-client'
import type { House } from '../context/context.ts'

export interface MetricsDoor {
  /** True if the path was its own; then it answers. */
  handle(path: string, request: IncomingMessage, response: ServerResponse): boolean
}

const digestOf = (text: string): Buffer => createHash('sha256').update(text).digest()

export function createMetricsDoor(house: House): MetricsDoor {
  const { metricsToken } = house.config
  const expected = metricsToken && digestOf(`Bearer ${metricsToken.reveal()}`)
  let registry: Promise<Registry> | undefined
  // Loaded with the first question: most processes are never asked.
  const load = () => (registry ??= import('./metrics-registry.ts').then(({ createMetricsRegistry }) => createMetricsRegistry(house)))

  async function answer(response: ServerResponse): Promise<void> {
    const loaded = await load()
    send(response, 200, { 'content-type': loaded.contentType }, await loaded.metrics())
  }

  return {
    handle(path, request, response) {
      if (path !== '/metrics' || !expected) return false
      // Digests, since they are of one length.
      if (!timingSafeEqual(digestOf(request.headers.authorization ?? ''), expected)) {
        send(response, 401, { 'www-authenticate': 'Bearer realm="metrics"' }, '')
        return true
      }
      answer(response).catch((error: unknown) => {
        house.log.error('metrics could not be read', { error })
        send(response, 500, {}, '')
      })
      return true
    },
  }
}

function send(response: ServerResponse, status: number, headers: Record<string, string>, body: string): void {
  response.writeHead(status, { ...headers, 'cache-control': 'no-store', 'content-length': String(Buffer.byteLength(body)) })
  response.end(body)
}
