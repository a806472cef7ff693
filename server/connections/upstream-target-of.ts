// From a stored connection to what the MCP side may know of it.
import type { ConnectionRow } from '../../db/schema/connection.ts'
import type { CredentialRow } from '../../db/schema/credential.ts'
import type { ProtocolVerdict } from '../mcp/protocol-revision.ts'
import type { TokenRenewal, UpstreamTarget } from '../mcp/upstream-target.ts'
import type { Vault } from '../vault/vault.ts'
import type { OAuthGrantRow } from '../../db/schema/oauth-grant.ts'
import { accessTokenOpener } from './authorization/grant-secrets.ts'
import { credentialOpener, type ConfiguredCredential } from './connection-credential.ts'
import { destinationUrl } from './mcp-url.ts'

type TargetRow = Pick<ConnectionRow, 'uid' | 'organizationId' | 'mcpUrl' | 'mcpUrlDigest' | 'credentialGeneration' | 'sessions' | 'protocol'>
type TargetCredential = Pick<CredentialRow, 'organizationId' | 'connectionUid' | 'generation' | 'sealed'>

export interface TargetSecrets {
  credential: TargetCredential | null
  grant: OAuthGrantRow | null
  renewal?: TokenRenewal | undefined
}

export function upstreamTargetOf(vault: Vault, row: TargetRow, { credential, grant, renewal }: TargetSecrets): UpstreamTarget {
  const bare = destinationUrl(row.mcpUrl)
  const destination = bare.href
  let openConfigured: (() => ConfiguredCredential) | undefined
  let openToken: (() => string) | undefined
  return {
    connectionUid: row.uid,
    revision: `${row.credentialGeneration} ${row.mcpUrlDigest}`,
    sessions: row.sessions,
    verdict: (row.protocol as ProtocolVerdict | null) ?? undefined,
    renewal,
    open() {
      let url = bare
      let headers: Record<string, string> = {}
      if (credential) {
        openConfigured ??= credentialOpener(vault, credential, destination)
        const opened = openConfigured()
        if (opened.search !== '') url = new URL(destination + opened.search)
        headers = opened.headers
      }
      if (grant) {
        openToken ??= accessTokenOpener(vault, grant, destination)
        setAuthorization(headers, `Bearer ${openToken()}`)
      }
      return { url, headers, payer: row.organizationId }
    },
  }
}

/** What was granted takes the place of what was configured, however that is spelt. */
function setAuthorization(headers: Record<string, string>, value: string): void {
  for (const name of Object.keys(headers)) if (name.toLowerCase() === 'authorization') delete headers[name]
  headers.authorization = value
}
