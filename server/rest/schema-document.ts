// zod schemas as JSON Schema, the way an OpenAPI document wants them.
import { z } from 'zod'

export type JsonSchema = Record<string, unknown>
type Direction = 'input' | 'output'

const options = (io: Direction) => ({
  io,
  // Checks that JSON Schema cannot say are left out of the document, not of the validation.
  unrepresentable: 'any' as const,
  override: ({ zodSchema, jsonSchema }: { zodSchema: z.core.$ZodTypes; jsonSchema: z.core.JSONSchema.BaseSchema }) => {
    // The format says it; the pattern is a page long.
    if (jsonSchema.format === 'date-time') delete jsonSchema.pattern
    // An answer may gain members one day: clients that were generated from the document must not mind.
    const isClosed = zodSchema._zod.def.type === 'object' && jsonSchema.additionalProperties === false
    if (io === 'output' && isClosed) delete jsonSchema.additionalProperties
  },
})

/** Any JSON value is the only shape that refers to itself; the empty schema says the same. */
const isSelfReference = (value: unknown): boolean => typeof value === 'string' && /__shared#|#\/\$defs\//.test(value)

function tidy(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(tidy)
  if (typeof value !== 'object' || value === null) return value
  const schema = value as JsonSchema
  if (isSelfReference(schema.$ref)) return {}
  return Object.fromEntries(
    Object.entries(schema)
      .filter(([key]) => key !== '$schema' && key !== '$id' && key !== '$defs')
      .map(([key, member]) => [key, tidy(member)]),
  )
}

export const describeSchema = (schema: z.ZodType): JsonSchema => tidy(z.toJSONSchema(schema, options('input'))) as JsonSchema

/** Every schema of a registry under its name, referring to each other. */
export function describeSchemas(registry: z.core.$ZodRegistry<{ id: string }>, io: Direction): Record<string, JsonSchema> {
  const { schemas } = z.toJSONSchema(registry, { ...options(io), uri: (id) => `#/components/schemas/${id}` })
  const own = Object.entries(schemas).filter(([id]) => id !== '__shared')
  return Object.fromEntries(own.map(([id, schema]) => [id, tidy(schema) as JsonSchema]))
}
