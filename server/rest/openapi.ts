// OpenAPI 3.1 out of the schemas that validate: what the document promises is what is checked.
import { z } from 'zod'
import { PRODUCT } from '../lib/product.ts'
import { errorAnswer, inputComponents, outputComponents } from './components.ts'
import { describeSchema, describeSchemas, type JsonSchema } from './schema-document.ts'
import type { RestRoute } from './route.ts'

const STATUS_WORDS: Readonly<Record<string, string>> = { 200: 'Done', 201: 'Created' }

const refTo = (id: string): JsonSchema => ({ $ref: `#/components/schemas/${id}` })

type Names = z.core.$ZodRegistry<{ id: string }>

/** Gives every schema of the routes a name: its own, or one made of the operation's. */
function nameSchemas(own: Readonly<Record<string, z.ZodType>>, others: readonly [id: string, schema: z.ZodType][]): Names {
  const registry = z.registry<{ id: string }>()
  for (const [id, schema] of [...Object.entries(own), ...others]) if (!registry.has(schema)) registry.add(schema, { id })
  return registry
}

const capitalise = (word: string) => word.charAt(0).toUpperCase() + word.slice(1)

function describeParameters(route: RestRoute): JsonSchema[] {
  const describe = (where: 'path' | 'query', schema: z.ZodType | undefined) =>
    schema instanceof z.ZodObject
      ? Object.entries(schema.shape as Record<string, z.ZodType>).map(([name, field]) => ({
          name,
          in: where,
          required: where === 'path',
          // metadata[userId]=x, as OpenAPI spells an object in a query.
          ...(name === 'metadata' && { style: 'deepObject', explode: true }),
          schema: describeSchema(field),
        }))
      : []
  return [...describe('path', route.params), ...describe('query', route.query)]
}

/** Without a body, `{}` is what the schema sees. */
const isOptional = (body: z.ZodType): boolean => body.safeParse({}).success

function describeOperation(route: RestRoute, bodies: Names, answers: Names): JsonSchema {
  const parameters = describeParameters(route)
  const json = (schema: z.ZodType, names: Names) => ({ 'application/json': { schema: refTo(names.get(schema)!.id) } })
  const text = (types: readonly string[]) => Object.fromEntries(types.map((type) => [type, { schema: { type: 'string' } }]))
  const content = (schema: z.ZodType) => ('produces' in route ? text(route.produces) : json(schema, answers))
  const success = (status: string, schema: z.ZodType) => ({ description: STATUS_WORDS[status] ?? 'Done', content: content(schema) })
  return {
    operationId: route.operationId,
    summary: route.summary,
    ...(route.description && { description: route.description }),
    tags: [route.access === 'public' ? 'service' : route.access.resource],
    security: route.access === 'public' ? [] : [{ bearer: [] }],
    ...(parameters.length > 0 && { parameters }),
    ...(route.body && { requestBody: { required: !isOptional(route.body), content: json(route.body, bodies) } }),
    responses: {
      ...Object.fromEntries(Object.entries(route.answers).map(([status, schema]) => [status, success(status, schema)])),
      ...(route.access !== 'public' && { 429: { $ref: '#/components/responses/TooMany' } }),
      default: { description: 'What went wrong', content: json(errorAnswer, answers) },
    },
  }
}

function describePaths(routes: readonly RestRoute[], names: { bodies: Names; answers: Names }, origin: string): Record<string, JsonSchema> {
  const paths: Record<string, JsonSchema> = {}
  for (const route of routes) {
    // A second mount is the same path on another server, as OpenAPI sees it.
    const item = (paths[route.path] ??= route.mounts.length > 1 ? { servers: route.mounts.map((mount) => ({ url: origin + mount })) } : {})
    item[route.method.toLowerCase()] = describeOperation(route, names.bodies, names.answers)
  }
  return paths
}

/** Any request can be one too many; RFC 9110 §10.2.3 Retry-After. */
const tooMany = (schema: JsonSchema): JsonSchema => ({
  description: 'Too many requests or calls',
  headers: { 'Retry-After': { description: 'Seconds to wait', schema: { type: 'integer' } } },
  content: { 'application/json': { schema } },
})

type NamedSchema = [id: string, schema: z.ZodType]

const bodyOf = (route: RestRoute): NamedSchema[] => (route.body ? [[`${capitalise(route.operationId)}Body`, route.body]] : [])

const answersOf = (route: RestRoute): NamedSchema[] =>
  ('produces' in route ? [] : Object.values(route.answers)).map((schema) => [`${capitalise(route.operationId)}Answer`, schema])

export function buildOpenApi(routes: readonly RestRoute[], { origin }: URL): JsonSchema {
  const bodies = nameSchemas(inputComponents, routes.flatMap(bodyOf))
  const answers = nameSchemas(outputComponents, routes.flatMap(answersOf))
  return {
    openapi: '3.1.0',
    info: {
      title: 'Plugboard',
      version: PRODUCT.version,
      description: 'Connections to MCP servers: made, kept and called. Tools can also be called over tRPC and MCP.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: origin }],
    security: [{ bearer: [] }],
    paths: describePaths(routes, { bodies, answers }, origin),
    components: {
      schemas: { ...describeSchemas(bodies, 'input'), ...describeSchemas(answers, 'output') },
      responses: { TooMany: tooMany(refTo(answers.get(errorAnswer)!.id)) },
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer', description: 'An API key or a service token.' } },
    },
  }
}
