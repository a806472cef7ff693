// From a stored connection to what the MCP side may know of it.
import type { ConnectionRow } from '../../db/schema/connection.ts'
import type { CredentialRow } from '../../db/schema/credential.ts'
import type { ProtocolVerdict } from '../mcp/protocol-revision.ts'
import type { UpstreamTarget } from '../mcp/upstream-target.ts'
import type { Vault } from '../vault/vault.ts'
import { credentialOpener, type ConfiguredCredential } from './connection-credential.ts'

type TargetRow = Pick<ConnectionRow, 'uid' | 'mcpUrl' | 'mcpUrlDigest' | 'credentialGeneration' | 'sessions' | 'protocol'>
type TargetCredential = Pick<CredentialRow, 'organizationId' | 'connectionUid' | 'generation' | 'sealed'>

export function upstreamTargetOf(vault: Vault, row: TargetRow, credential: TargetCredential | null): UpstreamTarget {
  const bare = new URL(row.mcpUrl)
  bare.search = ''
  const destination = bare.href
  let openOnce: (() => ConfiguredCredential) | undefined
  return {
    connectionUid: row.uid,
    revision: `${row.credentialGeneration} ${row.mcpUrlDigest}`,
    sessions: row.sessions,
    verdict: (row.protocol as ProtocolVerdict | null) ?? undefined,
    open() {
      if (!credential) return { url: bare, headers: {} }
      openOnce ??= credentialOpener(vault, credential, destination)
      const opened = openOnce()
      return { url: opened.search === '' ? bare : new URL(destination + opened.search), headers: opened.headers }
    },
  }
}
