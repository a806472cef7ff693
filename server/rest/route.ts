// What a REST route is. One value per route drives the router, the OpenAPI document and the tests that
// walk every route, so that none of them can know a route the others do not.
import type { z } from 'zod'
import type { Context, House } from '../context/context.ts'
import type { CallerSignal } from '../lib/caller-signal.ts'
import type { BodySource } from '../lib/json-body.ts'
import type { ReadOrigin } from '../lib/request-origin.ts'
import type { Operation, ResourceKind } from '../policy/permission.ts'

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'

export interface Answer {
  status: number
  body: unknown
}

export const ok = (body: unknown): Answer => ({ status: 200, body })
export const created = (body: unknown): Answer => ({ status: 201, body })

/** What the use case behind a route asks the policy for. */
export interface Access {
  resource: ResourceKind
  operation: Operation
}

interface Shape<Params = z.ZodType, Query = z.ZodType, Body = z.ZodType> {
  method: Method
  /** An OpenAPI template: `/{namespace}/{connectionId}`. */
  path: string
  operationId: string
  summary: string
  description?: string
  /** The last parameter takes the rest of the path, slashes included. */
  takesRest?: true
  params?: Params
  query?: Query
  /** May be left out of the request if the schema takes `{}`. */
  body?: Body
  /** Every successful answer by status, with its schema. */
  answers: Readonly<Record<number, z.ZodType>>
}

/** What a route sees of a request, whoever took it off the wire; a Fetch `Request` is one. */
export interface RestRequest extends BodySource {
  readonly url: string
  readonly signal: CallerSignal
}

export interface Input<Params = unknown, Query = unknown, Body = unknown> {
  params: Params
  query: Query
  body: Body
  request: RestRequest
}

interface Mounted {
  /** Where it is found: connections live at the root and, for older clients, under `/connect`. */
  mounts: readonly string[]
}

export interface GuardedRoute extends Shape, Mounted {
  access: Access
  handle(input: Input, context: Context): Promise<Answer>
}

export interface PublicRoute extends Shape, Mounted {
  /** Needs no credential. */
  access: 'public'
  handle(input: Input, house: House, requestId: string, readOrigin?: ReadOrigin): Promise<Answer>
}

/** Text that is sent a piece at a time. */
export interface StreamAnswer {
  contentType: string
  fileName: string
  pieces: ReadableStream<Uint8Array>
}

export interface StreamRoute extends Shape, Mounted {
  access: Access
  /** What the answer may be, in place of JSON. */
  produces: readonly string[]
  stream(input: Input, context: Context): Promise<StreamAnswer>
}

export type RestRoute = GuardedRoute | PublicRoute | StreamRoute

type None = z.ZodUndefined
type Parsed<Params extends z.ZodType, Query extends z.ZodType, Body extends z.ZodType> = Input<
  z.output<Params>,
  z.output<Query>,
  z.output<Body>
>

interface GuardedDefinition<Params extends z.ZodType, Query extends z.ZodType, Body extends z.ZodType>
  extends Shape<Params, Query, Body>,
    Partial<Mounted> {
  access: Access
  handle(input: Parsed<Params, Query, Body>, context: Context): Promise<Answer>
}

type StreamDefinition<Query extends z.ZodType> = Omit<StreamRoute, 'mounts' | 'stream' | 'query'> & {
  query: Query
  stream(input: Parsed<None, Query, None>, context: Context): Promise<StreamAnswer>
}

interface PublicDefinition<Params extends z.ZodType, Query extends z.ZodType, Body extends z.ZodType>
  extends Shape<Params, Query, Body>,
    Partial<Mounted> {
  handle(input: Parsed<Params, Query, Body>, house: House, requestId: string, readOrigin?: ReadOrigin): Promise<Answer>
}

/** For callers with a credential. The input that `handle` gets is the output of the schemas. */
export function defineRoute<Params extends z.ZodType = None, Query extends z.ZodType = None, Body extends z.ZodType = None>(
  route: GuardedDefinition<Params, Query, Body>,
): GuardedRoute {
  return { mounts: [''], ...route, handle: (input, context) => route.handle(input as Parsed<Params, Query, Body>, context) }
}

/** For everyone. */
export function definePublicRoute<Params extends z.ZodType = None, Query extends z.ZodType = None, Body extends z.ZodType = None>(
  route: PublicDefinition<Params, Query, Body>,
): PublicRoute {
  const handle: PublicRoute['handle'] = (input, ...rest) => route.handle(input as Parsed<Params, Query, Body>, ...rest)
  return { mounts: [''], access: 'public', ...route, handle }
}

/** For callers with a credential, and an answer of any length. */
export const defineStreamRoute = <Query extends z.ZodType>(route: StreamDefinition<Query>): StreamRoute => ({
  mounts: [''],
  ...route,
  stream: (input, context) => route.stream(input as Parsed<None, Query, None>, context),
})
