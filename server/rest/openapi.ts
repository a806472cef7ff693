// OpenAPI 3.1 out of the schemas that validate: what the document promises is what is checked.
import { z } from 'zod'
import { PRODUCT } from '../lib/product.ts'
import { errorAnswer, inputComponents, outputComponents } from './components.ts'
import { describeSchema, describeSchemas, type JsonSchema } from './schema-document.ts'
import type { RestRoute } from './route.ts'

const STATUS_WORDS: Readonly<Record<number, string>> = { 200: 'Done', 201: 'Created' }

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

function describeOperation(route: RestRoute, bodies: Names, answers: Names): JsonSchema {
  const parameters = describeParameters(route)
  const json = (schema: z.ZodType, names: Names) => ({ 'application/json': { schema: refTo(names.get(schema)!.id) } })
  return {
    operationId: route.operationId,
    summary: route.summary,
    ...(route.description && { description: route.description }),
    tags: [route.access === 'public' ? 'service' : route.access.resource],
    security: route.access === 'public' ? [] : [{ bearer: [] }],
    ...(parameters.length > 0 && { parameters }),
    ...(route.body && { requestBody: { required: !route.body.safeParse({}).success, content: json(route.body, bodies) } }),
    responses: {
      ...Object.fromEntries(
        Object.entries(route.answers).map(([status, schema]) => [status, { description: STATUS_WORDS[Number(status)], content: json(schema, answers) }]),
      ),
      default: { description: 'What went wrong', content: json(errorAnswer, answers) },
    },
  }
}

function describePaths(routes: readonly RestRoute[], bodies: Names, answers: Names): Record<string, JsonSchema> {
  const paths: Record<string, JsonSchema> = {}
  for (const route of routes) {
    const item = (paths[route.path] ??= route.mounts.length > 1 ? { servers: route.mounts.map((mount) => ({ url: mount || '/' })) } : {})
    item[route.method.toLowerCase()] = describeOperation(route, bodies, answers)
  }
  return paths
}

export function buildOpenApi(routes: readonly RestRoute[], publicUrl: URL): JsonSchema {
  const bodies = nameSchemas(inputComponents, routes.flatMap((route) => (route.body ? [[`${capitalise(route.operationId)}Body`, route.body]] : [])))
  const answers = nameSchemas(
    outputComponents,
    routes.flatMap((route) => Object.values(route.answers).map((schema): [string, z.ZodType] => [`${capitalise(route.operationId)}Answer`, schema])),
  )
  return {
    openapi: '3.1.0',
    info: {
      title: 'Plugboard',
      version: PRODUCT.version,
      description: 'Connections to MCP servers: made, kept and called. Tools can also be called over tRPC and MCP.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: publicUrl.origin }],
    security: [{ bearer: [] }],
    paths: describePaths(routes, bodies, answers),
    components: {
      schemas: { ...describeSchemas(bodies, 'input'), ...describeSchemas(answers, 'output') },
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer', description: 'An API key.' } },
    },
  }
}
