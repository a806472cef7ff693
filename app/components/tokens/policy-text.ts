// The policy of the page is a text: the form is drawn from it and writes into it, so the two cannot disagree.
import { isObject } from '../../lib/is-object.ts'
import type { Grant, Policy } from './token-types.ts'

export type ReadPolicy = { grants: Policy } | { problem: string }

/** Only its shape: what may stand in a grant is for the server to say. */
export function readPolicyText(text: string): ReadPolicy {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return { problem: 'This is not JSON yet.' }
  }
  if (!Array.isArray(value) || value.length === 0 || !value.every(isObject)) return { problem: 'A policy is a list of grants: [{ … }].' }
  return { grants: value as Policy }
}

const TEXT = String.raw`"(?:[^"\\\n]|\\.)*"`
const LIST_OF_TEXTS = new RegExp(String.raw`\[\s*(${TEXT}(?:,\s*${TEXT})*)\s*\]`, 'g')

/** Indented, but a list of words is a line. */
export const writePolicyText = (grants: Policy): string =>
  JSON.stringify(grants, null, 2).replace(LIST_OF_TEXTS, (_list, items: string) => `[${items.replace(/,\n\s*/g, ', ')}]`)

/** What is changed to nothing is left out: an empty limit would be a mistake, and none is none. */
export function changeGrant(grant: Grant, change: Partial<Grant>): Grant {
  const isSet = (value: unknown) => value !== undefined && !(Array.isArray(value) && value.length === 0)
  return Object.fromEntries(Object.entries({ ...grant, ...change }).filter(([, value]) => isSet(value)))
}

/** One or several, as the grammar takes both. Undefined if it is neither, which only the JSON can show. */
export function listOf(value: unknown): string[] | undefined {
  if (value === undefined) return []
  if (typeof value === 'string') return [value]
  return Array.isArray(value) && value.every((item) => typeof item === 'string') ? value : undefined
}

/** The pairs of a grant that has one alternative of them. */
export function pairsOf(value: unknown): Record<string, string> | undefined {
  const alternative: unknown = Array.isArray(value) && value.length === 1 ? value[0] : (value ?? {})
  return isObject(alternative) && Object.values(alternative).every((item) => typeof item === 'string') ? (alternative as Record<string, string>) : undefined
}

const IN_THE_FORM: ReadonlySet<string> = new Set(['namespaces', 'operations', 'metadata', 'tools', 'readOnly', 'calls'])

/** What limits a grant, too, and has no field. */
export const furtherLimitsOf = (grant: Grant): string[] => Object.keys(grant).filter((name) => !IN_THE_FORM.has(name))
