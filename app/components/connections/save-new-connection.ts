import { connectionPath } from '../../lib/connection-paths.ts'
import type { PageContext } from '../../lib/load-context.ts'
import type { FormResult } from './answer-form.ts'
import { machineClientOf } from './machine-client.ts'
import { type ConnectionForm, headersOf, metadataOf } from './read-connection-form.ts'

/** Under the id that was typed, or one that is made up. */
export async function saveNewConnection({ api }: PageContext, namespace: string, form: ConnectionForm): Promise<FormResult> {
  const { connectionId, mcpUrl, name, sessions } = form
  const oauthClient = machineClientOf(form)
  const saved = await api.connections.create({
    namespace,
    mcpUrl,
    sessions,
    headers: headersOf(form),
    metadata: metadataOf(form),
    ...(connectionId !== undefined && { connectionId }),
    ...(name !== undefined && { name }),
    ...(oauthClient && { oauthClient }),
  })
  return { leadsTo: `${connectionPath(namespace, saved.connectionId)}?added` }
}
