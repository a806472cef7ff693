import type { PageContext, Problem } from '../../lib/load-context.ts'
import type { FormResult } from './answer-form.ts'
import { connectionPath } from '../../lib/connection-paths.ts'
import { clientUntestable, machineClientOf } from './machine-client.ts'
import { type ConnectionForm, headersOf, metadataOf } from './read-connection-form.ts'

interface Address {
  namespace: string
  connectionId: string
}

/** The headers that a form asks for; undefined for those that are stored. */
const newHeaders = (form: ConnectionForm): Record<string, string> | undefined =>
  form.headerChange === 'keep' ? undefined : form.headerChange === 'remove' ? {} : headersOf(form)

/** A test sends only what is in the form, and the values in the query are not. */
const sealedQuery = (requestId: string): Problem => ({
  code: 'connection.query_sealed',
  message: 'New headers cannot be tested alone: the address has sealed values in its query. Save, and the server is asked with both.',
  status: 409,
  side: 'caller',
  field: undefined,
  upstreamText: undefined,
  retryAfterSeconds: undefined,
  requestId,
})

/** With the stored credential it is a check of the connection itself; with new headers nothing is stored. */
export async function testChanges({ api, requestId }: PageContext, address: Address, form: ConnectionForm): Promise<FormResult> {
  if (form.clientChange === 'replace') return { problem: clientUntestable(requestId) }
  const headers = newHeaders(form)
  if (headers === undefined) {
    const { status, serverInfo } = await api.connections.check(address)
    return { outcome: { status, ...(serverInfo && { serverInfo }) } }
  }
  const { mcpUrl } = await api.connections.get(address)
  if (mcpUrl.includes('?')) return { problem: sealedQuery(requestId) }
  return { outcome: await api.connections.try({ namespace: address.namespace, mcpUrl, headers }) }
}

export async function saveChanges({ api }: PageContext, address: Address, form: ConnectionForm): Promise<FormResult> {
  const headers = newHeaders(form)
  const oauthClient = machineClientOf(form)
  const { metadata } = await api.connections.get(address)
  await api.connections.update({
    ...address,
    name: form.name ?? address.connectionId,
    sessions: form.sessions,
    metadata: metadataOf(form, metadata),
    ...(headers && { headers }),
    ...(oauthClient && { oauthClient }),
  })
  return { leadsTo: `${connectionPath(address.namespace, address.connectionId)}?saved` }
}
