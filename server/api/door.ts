// What both ways into tRPC have in common: the one through its own handler and the direct one.
import { contextFor, type House } from '../context/context.ts'
import { countRequest } from '../context/request-rates.ts'
import { resolveCaller } from '../identity/resolve-caller.ts'
import type { CallerSignal } from '../lib/caller-signal.ts'
import type { ReadOrigin } from '../lib/request-origin.ts'
import { createCallHandle } from './call-context.ts'
import type { CallHandle } from './call-handle.ts'

export const TRPC_PATH = '/trpc'

/** Calls in one request: enough for a page, too few to hide a flood in. */
export const MAX_BATCH = 10

/** `vary`: which pages may read it is said by `server/http/cross-origin.ts`; tRPC has its own to add. */
export const ownHeaders = (requestId: string): Record<string, string> => ({ 'x-request-id': requestId, 'cache-control': 'no-store', vary: 'Origin' })

/** RFC 9110 §11.6.1: a 401 names the scheme that would do. */
export const UNAUTHENTICATED_HEADERS = { 'www-authenticate': 'Bearer realm="plugboard"' }

/** RFC 9110 §10.2.3; of several calls in one answer the longest wait. */
export function retryHeaders(waits: readonly (number | undefined)[]): Record<string, string> {
  const longest = Math.max(0, ...waits.map((wait) => wait ?? 0))
  return longest === 0 ? {} : { 'retry-after': String(Math.ceil(longest)) }
}

interface Presenting {
  readonly headers: { get(name: string): string | null }
}

export interface HandleInput {
  method: string
  request: Presenting
  requestId: string
  readOrigin: ReadOrigin | undefined
  callerSignal?: CallerSignal | undefined
}

export function openHandle(house: House, { method, request: { headers }, requestId, readOrigin, callerSignal }: HandleInput): CallHandle {
  house.telemetry?.current()?.tell({ route: TRPC_PATH })
  // Headers only: a key in a URL, connectionParams included, ends in logs and histories.
  const header = (name: string) => headers.get(name) ?? undefined
  const open = async () => {
    const actor = await resolveCaller(house, { method, header, readOrigin })
    countRequest(house, actor)
    return contextFor(house, actor, requestId, readOrigin)
  }
  return createCallHandle(requestId, open, callerSignal)
}
