// What a form that is shown again starts with. Secrets are never sent back: header values are left out, and so are
// the values in the query of an address.
import type { ConnectionView } from './connection-types.ts'
import { writeMetadataValue } from './metadata-text.ts'
import type { ConnectionForm, HeaderChange, NameAndValue } from './read-connection-form.ts'

export interface FormValues {
  mcpUrl: string
  connectionId: string
  name: string
  sessions: 'shared' | 'per-actor'
  headerNames: string[]
  headerChange: HeaderChange
  clientChange: ConnectionForm['clientChange']
  clientId: string
  metadata: NameAndValue[]
  /** Something was typed that has to be typed again. */
  secretsLeftOut: boolean
}

export const emptyValues: FormValues = {
  mcpUrl: '',
  connectionId: '',
  name: '',
  sessions: 'shared',
  headerNames: [],
  headerChange: 'replace',
  clientChange: 'keep',
  clientId: '',
  metadata: [],
  secretsLeftOut: false,
}

const withoutQueryValues = (url: string): string => {
  const start = url.indexOf('?')
  return start < 0 ? url : url.slice(0, start) + url.slice(start).replace(/=[^&#]*/g, '=').replace(/#.*$/, '')
}

export function valuesOfForm(form: ConnectionForm): FormValues {
  const mcpUrl = withoutQueryValues(form.mcpUrl)
  return {
    mcpUrl,
    connectionId: form.connectionId ?? '',
    name: form.name ?? '',
    sessions: form.sessions,
    headerNames: form.headers.map(({ name }) => name),
    headerChange: form.headerChange,
    clientChange: form.clientChange,
    clientId: form.clientId,
    metadata: form.metadata,
    secretsLeftOut: mcpUrl !== form.mcpUrl || form.clientSecret !== '' || form.privateKey !== '' || form.headers.some(({ value }) => value !== ''),
  }
}

export const valuesOfConnection = (connection: ConnectionView, headerNames: readonly string[]): FormValues => ({
  mcpUrl: connection.mcpUrl,
  connectionId: connection.connectionId,
  name: connection.name,
  sessions: connection.sessions,
  headerNames: [...headerNames],
  headerChange: 'keep',
  clientChange: 'keep',
  clientId: '',
  metadata: Object.entries(connection.metadata ?? {}).map(([name, value]) => ({ name, value: writeMetadataValue(value) })),
  secretsLeftOut: false,
})
