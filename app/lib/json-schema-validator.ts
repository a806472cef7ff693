// Checks a form's values by interpreting the schema: the usual validators compile schemas to code, which our
// content security policy forbids. For schemas from `unfoldSchema`; the server that owns the tool has the last word.
import { type Schema, validate } from '@cfworker/json-schema'
import { createErrorHandler, ErrorSchemaBuilder, type RJSFSchema, type RJSFValidationError, unwrapErrorHandler, validationDataMerge, type ValidatorType } from '@rjsf/utils'
import { isObject } from './is-object.ts'
import { describeViolations, type Violation } from './json-schema-violations.ts'
import { patternCost } from './pattern-cost.ts'

/** Steps of matching for one check: some ten milliseconds. */
const MAX_PATTERN_STEPS = 2_000_000

/** All that is wrong with `value`, in words; empty if the check itself is impossible. */
export function findViolations(schema: RJSFSchema, value: unknown): Violation[] {
  try {
    const plain = toPlain(value)
    const affordable = isAffordable(schema, plain) ? schema : withoutPatterns(schema)
    // No `$ref` is left in the schema, so there is nothing to look up.
    const { errors } = validate(plain, affordable as Schema, '2020-12', {}, false)
    return describeViolations(schema, errors)
  } catch {
    return []
  }
}

const isValid = (schema: RJSFSchema, value: unknown): boolean => value !== undefined && findViolations(schema, value).length === 0

const toFormError = ({ path, message }: Violation): RJSFValidationError => ({
  message,
  property: path.map((part) => `.${part}`).join(''),
  stack: [...path, message].join(' '),
})

/** What @rjsf/core asks for. */
export const formValidator: ValidatorType = {
  isValid: (schema, formData) => isValid(schema, formData),
  rawValidation: <Result>(schema: RJSFSchema, formData: unknown) => ({ errors: findViolations(schema, formData ?? {}) as Result[] }),
  validateFormData(formData, schema, customValidate, transformErrors, uiSchema) {
    const violations = findViolations(schema, formData ?? {})
    const found = violations.map(toFormError)
    const builder = new ErrorSchemaBuilder()
    for (const { path, message } of violations) builder.addErrors(message, path)
    const data = { errors: transformErrors?.(found, uiSchema) ?? found, errorSchema: builder.ErrorSchema }
    if (!customValidate) return data
    const handler = customValidate(formData, createErrorHandler(formData ?? {}), uiSchema, data.errorSchema)
    return validationDataMerge(data, unwrapErrorHandler(handler))
  },
}

/** Without what JSON leaves out, and without a prototype: there, a property called `constructor` would seem to be present. */
function toPlain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => toPlain(item) ?? null)
  if (!isObject(value)) return value
  const plain: Record<string, unknown> = Object.create(null)
  for (const [name, inside] of Object.entries(value)) if (inside !== undefined) plain[name] = toPlain(inside)
  return plain
}

/** Every pattern may meet every text. */
function isAffordable(schema: RJSFSchema, value: unknown): boolean {
  const patterns = collect(schema, 'pattern')
  if (patterns.length === 0) return true
  const lengths = textLengths(value)
  const longest = Math.max(0, ...lengths.slice(0, 10_000))
  const steps = patterns.reduce((sum, pattern) => sum + patternCost(pattern, longest), 0) * lengths.length
  return lengths.length === 0 || (lengths.length <= 10_000 && steps <= MAX_PATTERN_STEPS)
}

function collect(node: unknown, keyword: string): string[] {
  if (Array.isArray(node)) return node.flatMap((item) => collect(item, keyword))
  if (!isObject(node)) return []
  return Object.entries(node).flatMap(([name, inside]) => (name === keyword && typeof inside === 'string' ? [inside] : collect(inside, keyword)))
}

function textLengths(value: unknown): number[] {
  if (typeof value === 'string') return [value.length]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textLengths) : []
}

/** A default or choice that has a member called `pattern` loses nothing by it: texts alone are patterns. */
function withoutPatterns(node: RJSFSchema): RJSFSchema {
  const strip = (inside: unknown): unknown => {
    if (Array.isArray(inside)) return inside.map(strip)
    if (!isObject(inside)) return inside
    const kept = Object.entries(inside).filter(([name, each]) => name !== 'pattern' || typeof each !== 'string')
    return Object.fromEntries(kept.map(([name, each]) => [name, strip(each)]))
  }
  return strip(node) as RJSFSchema
}
