// An answer that is read and sent a piece at a time. What goes wrong before the first piece has its own status; what goes
// wrong later ends the connection, so that half an answer does not pass for all of it.
import type { House } from '../context/context.ts'
import { toAppError } from '../lib/app-error.ts'
import { toErrorResponse } from './answer.ts'
import { admitRequest, noteFailure, type RoutedRequest } from './answer-request.ts'
import type { StreamRoute } from './route.ts'

/** Never rejects. */
export async function answerStream(house: House, route: StreamRoute, routed: RoutedRequest): Promise<Response> {
  const { requestId } = routed
  try {
    const { contentType, fileName, pieces } = await admitRequest(house, route, routed, (input, context) => route.stream(input, context))
    return new Response(pieces, {
      headers: {
        'content-type': contentType,
        'content-disposition': `attachment; filename="${fileName}"`,
        'cache-control': 'no-store',
        'x-request-id': requestId,
      },
    })
  } catch (thrown) {
    const error = toAppError(thrown)
    noteFailure(house, error, route, requestId)
    return toErrorResponse(error, requestId)
  }
}

/** The first piece is there when this returns. @throws what the first piece throws */
export async function streamOf(texts: AsyncGenerator<string>): Promise<ReadableStream<Uint8Array>> {
  const encoder = new TextEncoder()
  let next: IteratorResult<string> = await texts.next()
  return new ReadableStream({
    async pull(controller) {
      if (next.done) return controller.close()
      controller.enqueue(encoder.encode(next.value))
      next = await texts.next()
    },
    async cancel() {
      await texts.return(undefined)
    },
  })
}
