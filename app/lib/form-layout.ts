// Which control a value gets, decided once for the whole schema: what no control fits is edited as JSON.
import type { RJSFSchema, UiSchema } from '@rjsf/utils'
import { isObject } from './is-object.ts'

const asJson: UiSchema = { 'ui:field': 'json' }
const asText: UiSchema = { 'ui:widget': 'text' }
const asSelect: UiSchema = { 'ui:widget': 'select' }

/** For a schema from `unfoldSchema`. */
export const layOutForm = (schema: RJSFSchema): UiSchema => ({ ...layOut(schema), 'ui:submitButtonOptions': { norender: true } })

function layOut(schema: unknown): UiSchema {
  if (!isObject(schema)) return asJson
  if (schema.allOf !== undefined || schema.not !== undefined) return isObject(schema.properties) ? layOutObject(schema) : asJson
  if (isChoice(schema.enum)) return asSelect
  if (schema.const !== undefined) return asJson
  const options = schema.oneOf ?? schema.anyOf
  if (Array.isArray(options)) return layOutOptions(schema, options)
  const type = singleType(schema.type)
  if (type === 'string' || type === 'number' || type === 'integer') return asText
  if (type === 'boolean') return asSelect
  if (type === 'object') return layOutObject(schema)
  return type === 'array' ? layOutList(schema) : asJson
}

function layOutObject(schema: Record<string, unknown>): UiSchema {
  if (!isObject(schema.properties)) return asJson
  return Object.fromEntries(Object.entries(schema.properties).map(([name, inside]) => [name, layOut(inside)]))
}

function layOutList({ items, uniqueItems }: Record<string, unknown>): UiSchema {
  if (!isObject(items)) return asJson
  if (uniqueItems === true && isChoice(items.enum)) return { 'ui:widget': 'checkboxes' }
  const inside = layOut(items)
  return inside['ui:field'] === 'json' ? asJson : { items: inside }
}

/** Constants with titles are one list to choose from; alternatives of different shape are chosen first. */
function layOutOptions(schema: Record<string, unknown>, options: readonly unknown[]): UiSchema {
  if (options.every((option) => isObject(option) && (option.const !== undefined))) return asSelect
  const laidOut = options.map(layOut)
  if (laidOut.some((option) => option['ui:field'] === 'json')) return asJson
  const key = schema.oneOf === undefined ? 'anyOf' : 'oneOf'
  return { ...(isObject(schema.properties) && layOutObject(schema)), [key]: laidOut }
}

/** A choice between objects has no line to show for each. */
const isChoice = (values: unknown): boolean => Array.isArray(values) && values.every((value) => typeof value !== 'object' || value === null)

/** A type, or a type and null. */
function singleType(type: unknown): unknown {
  if (!Array.isArray(type)) return type
  const real = type.filter((name) => name !== 'null')
  return real.length === 1 ? real[0] : undefined
}
