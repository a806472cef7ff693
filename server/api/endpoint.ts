// The tRPC door over HTTP.
import { fetchRequestHandler } from '@trpc/server/adapters/fetch'
import type { House } from '../context/context.ts'
import { toAppError } from '../lib/app-error.ts'
import { newRequestId } from '../lib/ids.ts'
import type { ReadOrigin } from '../lib/request-origin.ts'
import { MAX_BATCH, openHandle, ownHeaders, retryHeaders, TRPC_PATH, UNAUTHENTICATED_HEADERS } from './door.ts'
import { errorEnvelope } from './error-envelope.ts'
import { houseErrorOf } from './house-error-of.ts'
import { limitRequest } from './limit-request.ts'
import { noteFailure } from './note-failure.ts'
import { appRouter } from './router.ts'

export async function handleTrpc(house: House, request: Request, requestId: string = newRequestId(), readOrigin?: ReadOrigin): Promise<Response> {
  const handle = openHandle(house, { method: request.method, request, requestId, readOrigin })
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
          ...(errors.some((error) => error?.code === 'UNAUTHORIZED') && UNAUTHENTICATED_HEADERS),
          ...retryHeaders(errors.map((error) => houseErrorOf(error)?.retryAfterSeconds)),
        }),
      }),
      onError: (failed) => noteFailure(house, requestId, failed),
    })
  } catch (thrown) {
    // Refused before tRPC saw it: limitRequest is all that can throw here.
    const envelope = errorEnvelope(toAppError(thrown), undefined, requestId)
    return Response.json({ error: envelope }, { status: envelope.data.httpStatus, headers: ownHeaders(requestId) })
  }
}
