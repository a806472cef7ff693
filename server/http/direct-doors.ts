// Tool calls of REST and tRPC straight on node:http. The doors read, judge and answer them with the same
// functions as ever; left out are the objects of Fetch around them and the routers, which cost more
// than the call. What is spelt or sent in any other way than usual goes the usual way.
import type { IncomingMessage, ServerResponse } from 'node:http'
import { answerMutations, findMutations } from '../api/direct-mutations.ts'
import type { House } from '../context/context.ts'
import { isJsonContentType, MAX_BODY_BYTES } from '../lib/json-body.ts'
import type { ReadOrigin } from '../lib/request-origin.ts'
import type { WireAnswer } from '../lib/wire-answer.ts'
import { answerToolCall, findToolCall } from '../rest/direct-tool-call.ts'
import { DirectRequest } from './direct-request.ts'

/** Undefined: not one of these; nothing was read of it. Otherwise never rejects. */
export type AnswerDirectly = (request: IncomingMessage, response: ServerResponse, requestId: string, readOrigin: ReadOrigin) => Promise<WireAnswer> | undefined

export const createDirectDoors =
  (house: House): AnswerDirectly =>
  (request, response, requestId, readOrigin) => {
    if (!isPlainJsonPost(request)) return undefined
    const url = request.url ?? ''
    const toolCall = findToolCall(url)
    if (toolCall) return answerToolCall(house, toolCall, new DirectRequest(request, response), requestId, readOrigin)
    const mutations = findMutations(url)
    return mutations && answerMutations(house, mutations, new DirectRequest(request, response), requestId, readOrigin)
  }

/** Of a declared length within the limit; what streams, or wants its answer streamed, does not count. */
function isPlainJsonPost({ method, headers }: IncomingMessage): boolean {
  return (
    method === 'POST' &&
    Number(headers['content-length']) <= MAX_BODY_BYTES &&
    isJsonContentType(headers['content-type'] ?? null) &&
    headers['trpc-accept'] === undefined &&
    !headers.accept?.includes('application/jsonl')
  )
}

export function writeAnswer(response: ServerResponse, { status, headers, body }: WireAnswer): void {
  headers['content-length'] = String(Buffer.byteLength(body))
  response.writeHead(status, headers)
  response.end(body)
}
