// What each REST route would be asked, to do something to somebody else's things. A route that is not in here fails the
// tests that walk them all.
import type { TenantThings } from './tenant-inputs.ts'

/** `theirs`: for another organization it does the same with their own things. */
export type TenantRequest = [path: string, body?: unknown] | 'theirs'

/** By operationId. */
export const tenantRequests = ({ upstreamUrl, keyId, tokenId, connectSessionId, webhookId }: TenantThings): Record<string, TenantRequest> => ({
  getHealth: 'theirs',
  getOpenApi: 'theirs',
  reportLeakedKey: 'theirs',
  listNamespaces: 'theirs',
  createNamespace: 'theirs',
  listApiKeys: 'theirs',
  listAudit: 'theirs',
  exportAudit: 'theirs',
  getUsage: ['/api/usage?namespace=shop&connectionId=it'],
  createApiKey: 'theirs',
  mintToken: 'theirs',
  listTokens: 'theirs',
  explainToken: [`/tokens/explain?id=${tokenId}`],
  revokeToken: ['/tokens/revoke', { id: tokenId }],
  ensureNamespace: ['/namespaces/shop', {}],
  removeNamespace: ['/namespaces/shop'],
  revokeApiKey: [`/keys/${keyId}`],
  getNamespaceSettings: ['/namespaces/shop/settings'],
  updateNamespaceSettings: ['/namespaces/shop/settings', { allowedOrigins: ['https://theirs.example.com'] }],
  createConnectSession: ['/connect-sessions', { namespace: 'shop', mcpUrl: upstreamUrl }],
  getConnectSession: [`/connect-sessions/${connectSessionId}`],
  completeConnectSession: [`/connect-sessions/${connectSessionId}/complete`, { code: 'theirs', person: 'theirs' }],
  listWebhooks: ['/api/webhooks?namespace=shop'],
  createWebhook: ['/api/webhooks', { namespace: 'shop', url: 'https://theirs.example.com/' }],
  getWebhook: [`/api/webhooks/${webhookId}`],
  updateWebhook: [`/api/webhooks/${webhookId}`, { url: 'https://theirs.example.com/' }],
  deleteWebhook: [`/api/webhooks/${webhookId}`],
  rotateWebhookSecret: [`/api/webhooks/${webhookId}/rotate-secret`],
  testWebhook: [`/api/webhooks/${webhookId}/test`],
  listWebhookDeliveries: [`/api/webhooks/${webhookId}/deliveries`],
  replayWebhookDelivery: [`/api/webhooks/${webhookId}/deliveries/msg_${'0'.repeat(32)}/replay`],
  listConnections: ['/shop'],
  createConnection: ['/shop', { mcpUrl: upstreamUrl }],
  getConnection: ['/shop/it'],
  upsertConnection: ['/shop/it', { name: 'Theirs', headers: {} }],
  deleteConnection: ['/shop/it'],
  checkConnection: ['/shop/it/.check'],
  refreshConnection: ['/shop/it/.refresh'],
  getTimeline: ['/shop/it/.timeline'],
  examineConnection: ['/shop/it/.doctor'],
  listTools: ['/shop/it/.tools'],
  getTool: ['/shop/it/.tools/echo'],
  callTool: ['/shop/it/.tools/echo', {}],
})
