import type { ExaminationCheck } from './examination-types.ts'

/** What each check is called before people. */
export const CHECK_NAMES: Readonly<Record<ExaminationCheck['check'], string>> = {
  dns: 'DNS',
  reachable: 'Reachable',
  tls: 'TLS',
  mcp: 'MCP handshake',
  resource_metadata: 'Server’s OAuth metadata',
  issuer_metadata: 'Authorization server',
  client: 'Client',
  redirect_uri: 'Redirect URI',
  scopes: 'Scopes',
  grant: 'Grant',
  last_refresh: 'Last renewal',
  clock: 'Clock',
}

const FACT_NAMES: Readonly<Record<string, string>> = {
  addresses: 'Addresses',
  reason: 'Reason',
  endsAt: 'Ends',
  revision: 'Revision',
  transport: 'Transport',
  resource: 'Resource',
  issuer: 'Issuer',
  grantedBy: 'Granted by',
  registersByItself: 'Registers clients',
  readsMetadataDocuments: 'Reads client documents',
  way: 'Registration',
  redirectUri: 'Address',
  granted: 'Granted',
  supported: 'Supported',
  missing: 'Missing',
  grantedAt: 'Granted',
  tokenIssuedAt: 'Token issued',
  expiresAt: 'Token ends',
  hasRefreshToken: 'Refresh token',
  failures: 'Failures',
  nextAttemptAt: 'Next attempt',
  sentAt: 'Sent',
  at: 'At',
  secondsAhead: 'Seconds ahead',
}

export const factName = (name: string): string => FACT_NAMES[name] ?? name
