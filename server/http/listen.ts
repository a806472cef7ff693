// One listener for everything: health, the gateway and plain tool calls on bare node:http (they are the
// hot paths), then the rest through Request and Response.
import { getRequestListener } from '@hono/node-server'
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { AppError, toAppError } from '../lib/app-error.ts'
import { errorBody, errorTable } from '../lib/error-table.ts'
import { newRequestId } from '../lib/ids.ts'
import { MINUTE_MS, SECOND_MS } from '../lib/units.ts'
import type { Services } from '../services.ts'
import { createClientAddress } from './client-address.ts'
import { createAdmitPage } from './cross-origin.ts'
import { createDirectDoors, writeAnswer } from './direct-doors.ts'
import { createGuard } from './guard.ts'
import { createHealth } from './health.ts'
import { createMetricsDoor } from './metrics-door.ts'
import type { WebHandler } from './web.ts'

export interface Listener {
  server: Server
  address: { address: string; port: number }
  /** Stops taking requests, lets running ones finish within the time, then cuts what is left. */
  drain(timeoutMs: number): Promise<void>
}

/** In development: Vite looks at a request before the pages do. */
export type Middleware = (request: IncomingMessage, response: ServerResponse, next: () => void) => void

export interface ListenInput {
  services: Services
  web: WebHandler
  /** Made before, because Vite's hot reload shares it. */
  server?: Server
  vite?: Middleware | undefined
  port: number
  host: string
}

export const createHttpServer = (): Server => {
  const server = createServer()
  // Above what load balancers usually keep (60 s), so that they and not we close idle sockets.
  server.keepAliveTimeout = 75 * SECOND_MS
  server.headersTimeout = MINUTE_MS
  // For receiving a request, body included; answers may stream for as long as they like.
  server.requestTimeout = 2 * MINUTE_MS
  return server
}

export async function listen({ services, web, server = createHttpServer(), vite, port, host }: ListenInput): Promise<Listener> {
  const { house, gateway } = services
  const guard = createGuard(house.config, house.egress)
  const health = createHealth(house)
  const metrics = createMetricsDoor(house)
  const admitPage = createAdmitPage(house)
  const answerDirectly = createDirectDoors(house)
  const readAddress = createClientAddress(house.config.trustedProxies)
  const inner = getRequestListener((request, { incoming }) => web(request, newRequestId(), readAddress(incoming)), {
    errorHandler: (error) => {
      const failure = toAppError(error)
      const requestId = newRequestId()
      house.log.error('a request failed', { requestId, code: failure.code, error: failure })
      return Response.json(errorBody(failure, requestId), { status: errorTable[failure.kind].status })
    },
  })
  let draining = false

  const onRequest: RequestListener = (request, response) => {
    const requestId = newRequestId()
    const refusal = guard.refuse(request)
    if (refusal) return refuse(response, refusal, requestId)
    // A connection that stays open would outlive the drain.
    if (draining) response.setHeader('connection', 'close')
    if (health.handle(pathOf(request), response)) return
    if (metrics.handle(pathOf(request), request, response)) return
    const admitting = admitPage(request, response)
    if (admitting) void admitting.then((answered) => answered || dispatch(request, response, requestId))
    else dispatch(request, response, requestId)
  }

  function dispatch(request: IncomingMessage, response: ServerResponse, requestId: string): void {
    if (!house.telemetry) return answer(request, response, requestId)
    house.telemetry.serve(request, (span) => {
      response.once('close', () => span.end(response.headersSent ? response.statusCode : undefined))
      answer(request, response, requestId)
    })
  }

  function answer(request: IncomingMessage, response: ServerResponse, requestId: string): void {
    const readOrigin = () => ({ address: readAddress(request), userAgent: request.headers['user-agent'] ?? '', requestId })
    if (gateway.handle(request, response, requestId, readOrigin)) return
    const answering = answerDirectly(request, response, requestId, readOrigin)
    if (answering) {
      void answering.then((answer) => {
        writeAnswer(response, answer)
        logRequest(services, request, response, requestId)
      })
      return
    }
    response.once('finish', () => logRequest(services, request, response, requestId))
    if (vite && isVites(request)) vite(request, response, () => void inner(request, response))
    else void inner(request, response)
  }
  server.on('request', onRequest)
  const address = await bind(server, port, host)

  return {
    server,
    address,
    async drain(timeoutMs) {
      draining = true
      health.drain()
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      server.closeIdleConnections()
      // Streams have no end of their own.
      gateway.openStreams.endAll()
      const late = setTimeout(() => server.closeAllConnections(), timeoutMs)
      const idle = setInterval(() => server.closeIdleConnections(), 50)
      await closed
      clearTimeout(late)
      clearInterval(idle)
    },
  }
}

function bind(server: Server, port: number, host: string): Promise<{ address: string; port: number }> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(error.code === 'EADDRINUSE' ? portTaken(port) : error))
    server.listen({ port, host }, () => {
      const { address, port: bound } = server.address() as AddressInfo
      resolve({ address, port: bound })
    })
  })
}

const portTaken = (port: number) =>
  new AppError({ code: 'http.port_taken', kind: 'internal', message: `Port ${port} is taken. Stop what uses it, or start with another: PORT=${port + 1} npm start` })

const pathOf = (request: IncomingMessage): string => {
  const url = request.url ?? '/'
  const query = url.indexOf('?')
  return query < 0 ? url : url.slice(0, query)
}

/** The API's paths never reach Vite: it would serve sources and data files under them. */
const isVites = (request: IncomingMessage): boolean => /^\/(?:@|app\/|node_modules\/|public\/|__|assets\/|$)/.test(pathOf(request))

function refuse(response: ServerResponse, error: AppError, requestId: string): void {
  const body = JSON.stringify(errorBody(error, requestId))
  response.writeHead(errorTable[error.kind].status, { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(body)) })
  response.end(body)
}

/** Method, first path word and status: enough to see traffic, too little to see anybody in it. */
function logRequest({ house }: Services, request: IncomingMessage, response: ServerResponse, requestId: string): void {
  const fields = { requestId, method: request.method ?? '', status: response.statusCode }
  if (response.statusCode >= 500) house.log.warn('request', fields)
  else house.log.debug('request', fields)
}
