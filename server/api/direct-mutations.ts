// tRPC's HTTP for what is called all day, without Request and Response: mutations over POST, one or a
// batch of them. fetchRequestHandler makes four abort signals, three Headers and a Response for every
// call, which together cost more than the call. Whatever is not plainly such a call is left to it.
import { type AnyTRPCRouter, callTRPCProcedure, getTRPCErrorFromUnknown, TRPCError } from '@trpc/server'
import type { House } from '../context/context.ts'
import { AppError } from '../lib/app-error.ts'
import type { CallerSignal } from '../lib/caller-signal.ts'
import type { BodySource } from '../lib/json-body.ts'
import type { ReadOrigin } from '../lib/request-origin.ts'
import type { WireAnswer } from '../lib/wire-answer.ts'
import type { CallHandle } from './call-handle.ts'
import { MAX_BATCH, openHandle, ownHeaders, retryHeaders, TRPC_PATH, UNAUTHENTICATED_HEADERS } from './door.ts'
import { errorEnvelope, type ErrorEnvelope } from './error-envelope.ts'
import { noteFailure } from './note-failure.ts'
import { appRouter } from './router.ts'
import { toHouseError } from './trpc-errors.ts'

export interface DirectMutations {
  paths: readonly string[]
  batched: boolean
}

interface MutationRequest extends BodySource {
  readonly signal: CallerSignal
}

const { procedures }: AnyTRPCRouter['_def'] = (appRouter as AnyTRPCRouter)._def
const MUTATIONS: ReadonlySet<string> = new Set(Object.keys(procedures).filter((path) => procedures[path]?._def.type === 'mutation'))

/** `url` is that of a POST, `?batch=1` being all that it may ask for. */
export function findMutations(url: string): DirectMutations | undefined {
  if (!url.startsWith(`${TRPC_PATH}/`)) return undefined
  const batched = url.endsWith('?batch=1')
  const names = url.slice(TRPC_PATH.length + 1, batched ? -'?batch=1'.length : undefined)
  const paths = batched ? names.split(',') : [names]
  return paths.length <= MAX_BATCH && paths.every((path) => MUTATIONS.has(path)) ? { paths, batched } : undefined
}

/** Never rejects. */
export async function answerMutations(house: House, { paths, batched }: DirectMutations, request: MutationRequest, requestId: string, readOrigin?: ReadOrigin): Promise<WireAnswer> {
  const handle = openHandle(house, { method: 'POST', request, requestId, readOrigin, callerSignal: request.signal })
  const waits: (number | undefined)[] = []
  let inputs: Promise<Readonly<Record<number, unknown>>> | undefined
  const results = await Promise.all(
    paths.map((path, index) => {
      // Read when the first procedure asks: after it knows who calls.
      const getRawInput = async () => (await (inputs ??= readInputs(request, batched)))[index]
      return callOne(house, { path, index, handle, getRawInput, waits })
    }),
  )
  const [status = 200, ...others] = new Set(results.map(statusOf))
  return {
    // RFC 4918 §11.1: several outcomes in one answer.
    status: others.length > 0 ? 207 : status,
    headers: { ...ownHeaders(requestId), 'content-type': 'application/json', ...(status === 401 && UNAUTHENTICATED_HEADERS), ...retryHeaders(waits) },
    body: JSON.stringify(batched ? results : results[0]),
  }
}

async function readInputs(request: MutationRequest, batched: boolean): Promise<Readonly<Record<number, unknown>>> {
  const text = await request.text()
  if (text === '') return {}
  const body = parseJson(text)
  if (!batched) return { 0: body }
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw new TRPCError({ code: 'BAD_REQUEST' })
  return body as Record<number, unknown>
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new TRPCError({ code: 'BAD_REQUEST', cause })
  }
}

interface OneCall {
  path: string
  index: number
  handle: CallHandle
  getRawInput: () => Promise<unknown>
  /** Gets the seconds after which a call that was refused may be made again. */
  waits: (number | undefined)[]
}

type OneResult = { result: { data: unknown } } | { error: ErrorEnvelope }

const statusOf = (result: OneResult): number => ('error' in result ? result.error.data.httpStatus : 200)

async function callOne(house: House, { path, index, handle, getRawInput, waits }: OneCall): Promise<OneResult> {
  try {
    const data: unknown = await callTRPCProcedure({ router: appRouter, type: 'mutation', path, ctx: handle, getRawInput, signal: undefined, batchIndex: index })
    if (isStream(data)) throw answersWithStream()
    return { result: { data } }
  } catch (thrown) {
    const error = getTRPCErrorFromUnknown(thrown)
    noteFailure(house, handle.requestId, { error, path, input: undefined })
    // The procedure has named what is wrong with its input already.
    const known = toHouseError(error, undefined)
    waits.push(known.retryAfterSeconds)
    return { error: errorEnvelope(known, path, handle.requestId) }
  }
}

const isStream = (data: unknown): boolean => typeof data === 'object' && data !== null && Symbol.asyncIterator in data

/** Nothing was done: a stream begins when somebody reads it. */
const answersWithStream = () =>
  new AppError({
    code: 'procedure.answers_with_stream',
    kind: 'unsupported_media_type',
    message: 'This procedure answers with a stream: call it through httpBatchStreamLink.',
  })
