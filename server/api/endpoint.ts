// The tRPC door over HTTP.
import { fetchRequestHandler } from '@trpc/server/adapters/fetch'
import { contextFor, type House } from '../context/context.ts'
import { resolveActor } from '../identity/resolve-actor.ts'
import { toAppError } from '../lib/app-error.ts'
import { newRequestId } from '../lib/ids.ts'
import { createCallHandle } from './call-context.ts'
import type { CallHandle } from './call-handle.ts'
import { errorEnvelope } from './error-envelope.ts'
import { limitRequest } from './limit-request.ts'
import { logFailure } from './log-failure.ts'
import { appRouter } from './router.ts'

export const TRPC_PATH = '/trpc'

/** Calls in one request: enough for a page, too few to hide a flood in. */
const MAX_BATCH = 10

const ownHeaders = (requestId: string) => ({ 'x-request-id': requestId, 'cache-control': 'no-store' })

function openHandle(house: House, request: Request, requestId: string): CallHandle {
  // Headers only: a key in a URL, connectionParams included, ends in logs and histories.
  const presented = { authorization: request.headers.get('authorization') ?? undefined, origin: request.headers.get('origin') ?? undefined }
  return createCallHandle(requestId, async () => contextFor(house, await resolveActor(house, presented), requestId))
}

export async function handleTrpc(house: House, request: Request, requestId: string = newRequestId()): Promise<Response> {
  const handle = openHandle(house, request, requestId)
  try {
    return await fetchRequestHandler({
      endpoint: TRPC_PATH,
      req: await limitRequest(request),
      router: appRouter,
      maxBatchSize: MAX_BATCH,
      createContext: () => handle,
      responseMeta: ({ errors }) => ({
        headers: new Headers({
          ...ownHeaders(requestId),
          ...(errors.some((error) => error?.code === 'UNAUTHORIZED') && { 'www-authenticate': 'Bearer realm="plugboard"' }),
        }),
      }),
      onError: (failed) => logFailure(house, requestId, failed),
    })
  } catch (thrown) {
    // Refused before tRPC saw it: limitRequest is all that can throw here.
    const envelope = errorEnvelope(toAppError(thrown), undefined, requestId)
    return Response.json({ error: envelope }, { status: envelope.data.httpStatus, headers: ownHeaders(requestId) })
  }
}
