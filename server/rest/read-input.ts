// A request against its route's schemas: path, query, body.
import { z } from 'zod'
import { inputProblem } from '../lib/input-problem.ts'
import { readJsonBody } from '../lib/json-body.ts'
import { isReservedName } from '../namespaces/namespace-name.ts'
import { readQuery, refuseUnknownQuery } from './query-input.ts'
import { routeNotFound } from './rest-errors.ts'
import type { Input, RestRequest, RestRoute } from './route.ts'

function parse(schema: z.ZodType, value: unknown): unknown {
  const parsed = schema.safeParse(value)
  if (!parsed.success) throw inputProblem(parsed.error, value)
  return parsed.data
}

/** Words that the router keeps for itself are routes that do not exist, not badly named namespaces. */
function readParams(route: RestRoute, params: Record<string, string>): unknown {
  if (!route.params) return undefined
  const { namespace, connectionId } = params
  if (route.path.startsWith('/{namespace}') && (isReservedName(namespace ?? '') || connectionId?.startsWith('.'))) throw routeNotFound()
  return parse(route.params, params)
}

const queryNames = new WeakMap<z.ZodType, ReadonlySet<string>>()

function namesOf(schema: z.ZodType): ReadonlySet<string> {
  const known = queryNames.get(schema) ?? new Set(schema instanceof z.ZodObject ? Object.keys(schema.shape) : [])
  queryNames.set(schema, known)
  return known
}

function readQueryOf(route: RestRoute, request: RestRequest): unknown {
  if (!route.query) return undefined
  const input = readQuery(new URL(request.url).searchParams)
  refuseUnknownQuery(input, namesOf(route.query))
  return parse(route.query, input)
}

async function readBodyOf(route: RestRoute, request: RestRequest): Promise<unknown> {
  if (!route.body) return undefined
  const body = await readJsonBody(request)
  return parse(route.body, body === undefined ? {} : body)
}

export const readInput = async (route: RestRoute, request: RestRequest, params: Record<string, string>): Promise<Input> => ({
  params: readParams(route, params),
  query: readQueryOf(route, request),
  body: await readBodyOf(route, request),
  request,
})
