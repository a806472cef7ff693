// The fields of the add and edit forms, read into what the procedures take.
import type { Problem } from '../../lib/load-context.ts'
import { type MetadataValue, readMetadataValue } from './metadata-text.ts'

export interface NameAndValue {
  name: string
  value: string
}

export type HeaderChange = 'keep' | 'replace' | 'remove'

export interface ConnectionForm {
  intent: 'test' | 'save'
  mcpUrl: string
  /** Undefined where nothing was typed. */
  connectionId: string | undefined
  name: string | undefined
  sessions: 'shared' | 'per-actor'
  headers: NameAndValue[]
  metadata: NameAndValue[]
  headerChange: HeaderChange
  /** Whether it gets a client with which it signs in by itself. */
  clientChange: 'keep' | 'replace'
  clientId: string
  clientSecret: string
  privateKey: string
}

const textOf = (data: FormData, name: string): string => {
  const value = data.get(name)
  return typeof value === 'string' ? value.trim() : ''
}
const orUndefined = (text: string): string | undefined => (text === '' ? undefined : text)
const isHeaderChange = (text: string): text is HeaderChange => text === 'keep' || text === 'remove' || text === 'replace'

/** Rows in which something was typed. */
function rowsOf(data: FormData, prefix: string): NameAndValue[] {
  const values = data.getAll(`${prefix}.value`)
  return data
    .getAll(`${prefix}.name`)
    .map((name, row) => ({ name: String(name).trim(), value: String(values[row] ?? '') }))
    .filter(({ name, value }) => name !== '' || value.trim() !== '')
}

export function readConnectionForm(data: FormData): ConnectionForm {
  const headerChange = textOf(data, 'headerChange')
  return {
    intent: data.get('intent') === 'test' ? 'test' : 'save',
    mcpUrl: textOf(data, 'mcpUrl'),
    connectionId: orUndefined(textOf(data, 'connectionId')),
    name: orUndefined(textOf(data, 'name')),
    sessions: data.get('sessions') === 'per-actor' ? 'per-actor' : 'shared',
    headers: rowsOf(data, 'headers'),
    metadata: rowsOf(data, 'metadata'),
    headerChange: isHeaderChange(headerChange) ? headerChange : 'replace',
    clientChange: data.get('clientChange') === 'replace' ? 'replace' : 'keep',
    clientId: textOf(data, 'clientId'),
    clientSecret: textOf(data, 'clientSecret'),
    privateKey: textOf(data, 'privateKey'),
  }
}

export const headersOf = ({ headers }: ConnectionForm): Record<string, string> =>
  Object.fromEntries(headers.map(({ name, value }) => [name, value.trim()]))

type Metadata = Record<string, MetadataValue>

/** `stored` is what the form was filled with. */
export function metadataOf({ metadata }: ConnectionForm, stored: Metadata | null = null): Metadata {
  const before = new Map(Object.entries(stored ?? {}))
  return Object.fromEntries(metadata.map(({ name, value }) => [name, readMetadataValue(value, before.get(name))]))
}

/** What only rows can get wrong, because an object cannot express it. */
export function findRowProblem(form: ConnectionForm, requestId: string): Problem | undefined {
  for (const [field, rows, fold] of [
    ['headers', form.headers, (name: string) => name.toLowerCase()],
    ['metadata', form.metadata, (name: string) => name],
  ] as const) {
    if (rows.some(({ name }) => name === '')) return inputProblem(field, 'a value has no name', requestId)
    const names = rows.map(({ name }) => fold(name))
    const twice = rows.find((_, row) => names.indexOf(names[row]!) !== row)
    if (twice) return inputProblem(`${field}.${twice.name}`, 'stands here twice', requestId)
  }
  return undefined
}

export const inputProblem = (field: string, problem: string, requestId: string, code = 'input.invalid'): Problem => ({
  code,
  message: `${field}: ${problem}`,
  status: 400,
  side: 'caller',
  field,
  upstreamText: undefined,
  retryAfterSeconds: undefined,
  requestId,
})
