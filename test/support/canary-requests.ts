// What every REST route and every tRPC procedure is asked by the secrecy crawl: well, badly, and with a
// secret where it does not belong. A route or procedure that is not in here fails the crawl.
import { badConnections } from './bad-connections.ts'

export type RestRequest = [path: string, body?: unknown]

export interface RequestPlan {
  /** Connections that exist in the namespace `shop`. */
  connectionIds: readonly string[]
  /** Stored configuration to send again. */
  connection: { mcpUrl: string; headers: Record<string, string> }
  /** A secret that somebody puts in the wrong place; letters and digits. */
  misplaced: string
  /** To be revoked, and to be removed: nobody else uses them. In the namespace are the connections `kept` and, to be restored, `removed`. */
  revocableKeyId: string
  /** Of the namespace `shop`; nobody answers there. */
  webhookId: string
  removableNamespace: string
}

/** By operationId. */
export function restRequests(plan: RequestPlan): Record<string, RestRequest[]> {
  const { connectionIds, connection, misplaced, revocableKeyId, removableNamespace, webhookId } = plan
  const each = (suffix: string, body?: unknown): RestRequest[] => connectionIds.map((id) => [`/shop/${id}${suffix}`, body])
  const bad = (path: string): RestRequest[] => badConnections(misplaced).map((body) => [path, body])
  return {
    getHealth: [['/health']],
    getOpenApi: [['/openapi.json']],
    listNamespaces: [['/namespaces'], [`/namespaces?page=${misplaced}`], [`/namespaces?token=${misplaced}`]],
    createNamespace: [
      ['/namespaces', {}],
      ['/namespaces', { organizationId: misplaced }],
      ['/namespaces', `{"a": ${misplaced}`],
    ],
    ensureNamespace: [['/namespaces/other'], [`/namespaces/${misplaced}`], ['/namespaces/other', { organizationId: misplaced }]],
    removeNamespace: [[`/namespaces/${removableNamespace}`], ['/namespaces/nobodys'], [`/namespaces/${misplaced}`]],
    getNamespaceSettings: [['/namespaces/shop/settings'], [`/namespaces/${misplaced}/settings`]],
    updateNamespaceSettings: [
      ['/namespaces/shop/settings', { allowedOrigins: ['https://app.example.com'] }],
      ['/namespaces/shop/settings', { allowedOrigins: [misplaced], defaultReturnUrl: `https://x/?token=${misplaced}` }],
      ['/namespaces/shop/settings', { defaultReturnUrl: `https://u:${misplaced}@x/` }],
      ['/namespaces/shop/settings', { completion: misplaced }],
    ],
    // The one answer that shows a link is the one that makes it, and its own token is not among the secrets here.
    createConnectSession: [
      ['/connect-sessions', { namespace: 'shop', mcpUrl: connection.mcpUrl, person: misplaced }],
      ['/connect-sessions', { namespace: 'shop', connectionId: 'honest' }],
      ['/connect-sessions', { namespace: 'shop', mcpUrl: `http://example.com/mcp?token=${misplaced}` }],
      ['/connect-sessions', { namespace: 'shop', mcpUrl: connection.mcpUrl, returnUrl: `https://elsewhere.example.com/?token=${misplaced}` }],
      ['/connect-sessions', { namespace: 'shop', mcpUrl: connection.mcpUrl, completion: misplaced }],
    ],
    getConnectSession: [['/connect-sessions/cs_0000000000000000000000'], [`/connect-sessions/${misplaced}`], [`/connect-sessions/cs_0000000000000000000000?wait=${misplaced}`]],
    completeConnectSession: [
      ['/connect-sessions/cs_0000000000000000000000/complete', { code: misplaced, person: misplaced }],
      [`/connect-sessions/${misplaced}/complete`, { code: { nested: misplaced } }],
    ],
    listWebhooks: [['/api/webhooks?namespace=shop'], [`/api/webhooks?namespace=${misplaced}`]],
    // The answers that show a secret are those that make it, and those secrets are not among the ones here.
    createWebhook: [
      ['/api/webhooks', { namespace: 'shop', url: `ftp://x/?token=${misplaced}` }],
      ['/api/webhooks', { namespace: 'shop', url: `https://u:${misplaced}@example.com/` }],
      ['/api/webhooks', { namespace: 'shop', url: 'https://example.com/', secret: misplaced }],
    ],
    getWebhook: [[`/api/webhooks/${webhookId}`], [`/api/webhooks/${misplaced}`]],
    updateWebhook: [
      [`/api/webhooks/${webhookId}`, { description: 'changed', enabled: true }],
      [`/api/webhooks/${webhookId}`, { url: `http://example.com/?token=${misplaced}` }],
      [`/api/webhooks/${webhookId}`, { events: [misplaced] }],
    ],
    rotateWebhookSecret: [[`/api/webhooks/${webhookId}/rotate-secret`], [`/api/webhooks/${misplaced}/rotate-secret`]],
    testWebhook: [[`/api/webhooks/${webhookId}/test`]],
    listWebhookDeliveries: [[`/api/webhooks/${webhookId}/deliveries`], [`/api/webhooks/${webhookId}/deliveries?cursor=${misplaced}`]],
    replayWebhookDelivery: [[`/api/webhooks/${webhookId}/deliveries/${misplaced}/replay`], [`/api/webhooks/${webhookId}/deliveries/msg_${'0'.repeat(32)}/replay`]],
    deleteWebhook: [[`/api/webhooks/${misplaced}`], [`/api/webhooks/whe_${'0'.repeat(22)}`]],
    reportLeakedKey: [
      ['/keys/report-leaked', { key: misplaced }],
      ['/keys/report-leaked', { key: { nested: misplaced } }],
    ],
    listAudit: [['/api/audit'], [`/api/audit?target=${misplaced}&limit=200`], [`/api/audit?action=${misplaced}`], [`/api/audit?cursor=${misplaced}`]],
    getUsage: [['/api/usage?namespace=shop&connectionId=honest'], [`/api/usage?namespace=shop&connectionId=honest&from=${misplaced}`]],
    exportAudit: [['/api/audit/export'], ['/api/audit/export?format=csv'], [`/api/audit/export?format=${misplaced}`]],
    listApiKeys: [['/keys']],
    // The one answer that shows a key is the one that makes it; here it is only asked wrongly.
    createApiKey: [
      ['/keys', { name: { text: misplaced } }],
      ['/keys', { name: 'x', expiresAt: misplaced }],
    ],
    revokeApiKey: [[`/keys/${misplaced}`], [`/keys/${revocableKeyId}`], ['/keys/root']],
    // The one answer that shows a token is the one that makes it.
    mintToken: [
      ['/tokens', { policy: [{ namespaces: 'shop' }], name: 'crawl' }],
      ['/tokens', { policy: [{ metadata: misplaced, operations: [misplaced] }] }],
      ['/tokens', { ttl: misplaced, organizationId: misplaced }],
    ],
    listTokens: [['/tokens'], [`/tokens?cursor=${misplaced}`]],
    explainToken: [['/tokens/explain'], [`/tokens/explain?operation=read&namespace=${misplaced}`], [`/tokens/explain?arguments=${misplaced}`], [`/tokens/explain?id=${misplaced}`]],
    revokeToken: [['/tokens/revoke', { token: `plugt_${misplaced}` }], ['/tokens/revoke', { id: misplaced }]],
    listConnections: [
      ['/shop'],
      ['/shop?metadata.a=b&limit=1'],
      [`/shop?mcpUrl=${encodeURIComponent(connection.mcpUrl)}`],
      [`/shop?cursor=${misplaced}`],
      [`/shop?limit=${misplaced}`],
    ],
    createConnection: [['/shop', connection], ...bad('/shop')],
    getConnection: [...each(''), ['/shop/nobody'], [`/shop/honest?until=${misplaced}`]],
    upsertConnection: [
      ...each('', { name: 'Renamed' }),
      ...each('', connection),
      ['/shop/honest', { headers: connection.headers }],
      ...bad('/shop/new'),
    ],
    getTimeline: [...each('/.timeline'), [`/shop/honest/.timeline?cursor=${misplaced}`]],
    checkConnection: each('/.check'),
    refreshConnection: each('/.refresh'),
    examineConnection: each('/.doctor'),
    listTools: each('/.tools'),
    getTool: [...each('/.tools/echo'), ...each('/.tools/a/category')],
    callTool: [
      ...each('/.tools/echo', { text: 'hello' }),
      ...each('/.tools/no/such', {}),
      ['/shop/honest/.tools/echo', `[${misplaced}`],
      ['/shop/honest/.tools/echo', [misplaced]],
    ],
    deleteConnection: [['/shop/gone-already']],
  }
}

/** By path in the router. */
export function trpcInputs(plan: RequestPlan): Record<string, unknown[]> {
  const { connectionIds, connection, misplaced, revocableKeyId, removableNamespace, webhookId } = plan
  const one = (connectionId: string) => ({ namespace: 'shop', connectionId })
  const each = connectionIds.map(one)
  const bad = (address: object) => badConnections(misplaced).map((body) => (typeof body === 'string' ? body : { ...address, ...body }))
  return {
    'namespaces.list': [undefined],
    'namespaces.create': [undefined, misplaced],
    'namespaces.ensure': [{ name: 'another' }, { name: misplaced }, misplaced],
    'namespaces.remove': [{ name: removableNamespace }, { name: misplaced }],
    'namespaces.settings': [{ name: 'shop' }, { name: misplaced }],
    'namespaces.updateSettings': [{ name: 'shop', allowedOrigins: [misplaced] }, { name: 'shop', defaultReturnUrl: `https://x/?token=${misplaced}` }],
    'connectSessions.create': [
      { namespace: 'shop', mcpUrl: connection.mcpUrl, person: misplaced },
      { namespace: 'shop', mcpUrl: `https://user:${misplaced}@example.com/mcp` },
      { namespace: 'shop', mcpUrl: connection.mcpUrl, returnUrl: misplaced },
    ],
    'connectSessions.get': [{ connectSessionId: 'cs_0000000000000000000000' }, { connectSessionId: misplaced }],
    'connectSessions.complete': [{ connectSessionId: 'cs_0000000000000000000000', code: misplaced, person: misplaced }, { connectSessionId: misplaced, code: { nested: misplaced } }],
    'connections.list': [{ namespace: 'shop' }, { namespace: 'shop', cursor: misplaced }, { namespace: misplaced }],
    'connections.get': [...each, one(misplaced), one('nobody')],
    'connections.summary': [{ namespace: 'shop' }, { namespace: misplaced }],
    'connections.credential': [...each, one(misplaced)],
    'connections.setupLink': [...each, one(misplaced)],
    'connections.recentCalls': [...each, one(misplaced), { ...one('honest'), limit: misplaced }],
    'connections.timeline': [...each, one(misplaced), { ...one('honest'), cursor: misplaced }],
    'usage.overview': [{ namespace: 'shop', range: '1h' }, { namespace: 'shop', range: misplaced }],
    'usage.ofConnection': [...each.map((address) => ({ ...address, range: '7d' })), { ...one(misplaced), range: '24h' }],
    'usage.daily': [...each, { ...one('honest'), from: misplaced }, one(misplaced)],
    'connections.try': [{ namespace: 'shop', ...connection }, ...bad({ namespace: 'shop' })],
    'connections.remove': [{ namespace: removableNamespace, connectionId: 'kept' }, one(misplaced)],
    'connections.undoRemove': [{ namespace: removableNamespace, connectionId: 'removed' }, ...each],
    'connections.create': [{ namespace: 'shop', ...connection }, { ...one('honest'), ...connection }, ...bad({ namespace: 'shop' })],
    'connections.upsert': [{ ...one('honest'), headers: connection.headers }, ...bad(one('made'))],
    'connections.update': [
      { ...one('honest'), headers: connection.headers },
      { ...one('honest'), mcpUrl: `https://x/?token=${misplaced}` },
    ],
    'connections.check': each,
    'connections.doctor': [...each, one(misplaced)],
    'connections.delete': [one('gone-already')],
    'connections.watch': [{ namespace: 'nobodys' }, { namespace: misplaced }],
    'audit.list': [{}, { limit: 200 }, { target: misplaced }, { action: misplaced }, { cursor: misplaced }],
    'audit.export': [{}, { format: 'csv' }, { format: misplaced }],
    'audit.verify': [undefined],
    'keys.list': [undefined],
    'keys.create': [{ name: { text: misplaced } }],
    'keys.revoke': [{ id: misplaced }, { id: revocableKeyId }],
    'webhooks.list': [{ namespace: 'shop' }, { namespace: misplaced }],
    'webhooks.get': [{ webhookId }, { webhookId: misplaced }],
    'webhooks.create': [{ namespace: 'shop', url: `http://example.com/?token=${misplaced}` }, { namespace: 'shop', url: misplaced, secret: misplaced }],
    'webhooks.update': [{ webhookId, description: 'changed' }, { webhookId, url: `https://u:${misplaced}@x/` }],
    'webhooks.delete': [{ webhookId: misplaced }, { webhookId: `whe_${'0'.repeat(22)}` }],
    'webhooks.rotateSecret': [{ webhookId }, { webhookId: misplaced }],
    'webhooks.test': [{ webhookId }],
    'webhooks.deliveries': [{ webhookId }, { webhookId, cursor: misplaced }],
    'webhooks.replay': [{ webhookId, deliveryId: misplaced }, { webhookId, deliveryId: `msg_${'0'.repeat(32)}` }],
    'tokens.mint': [{ policy: [{ namespaces: 'shop' }] }, { policy: [{ metadata: misplaced }] }, { ttl: misplaced }],
    'tokens.preview': [{ namespace: 'shop' }, { namespace: 'shop', policy: [{ metadata: misplaced }] }, { namespace: 'shop', question: { operation: 'execute', connectionId: 'honest', tool: misplaced } }],
    'tokens.narrow': [{ token: misplaced }, { token: `plugt_${misplaced}`, ttl: misplaced }],
    'tokens.revoke': [{ token: `plugt_${misplaced}` }, { id: misplaced }],
    'tokens.explain': [{}, { operation: 'execute', namespace: 'shop', connectionId: 'honest', tool: misplaced }, { id: misplaced }],
    'tokens.list': [{}, { cursor: misplaced }],
    'account.get': [undefined],
    'account.rename': [{ name: misplaced.repeat(9) }, { name: 'x', password: misplaced }, misplaced],
    'account.sessions': [undefined],
    'account.revokeSession': [{ handle: misplaced }, { handle: { id: misplaced } }],
    'account.apps': [undefined],
    'account.endApp': [{ id: misplaced }, { id: { nested: misplaced } }],
    'account.revokeOtherSessions': [undefined],
    'members.list': [undefined],
    'members.changeRole': [{ id: misplaced, role: 'admin' }, { id: 'mem_nobody', role: misplaced }],
    'members.remove': [{ id: misplaced }],
    'invitations.list': [undefined],
    'invitations.create': [{ email: misplaced, role: 'member' }, { email: 'x@example.com', role: misplaced }],
    'invitations.revoke': [{ id: misplaced }],
    'organization.get': [undefined],
    'organization.rename': [{ name: misplaced.repeat(9) }, { title: misplaced }],
    'installation.get': [undefined],
    'tools.stream': [...each.map((address) => ({ ...address, tool: 'echo' })), { ...one(misplaced), tool: 'echo' }, { ...one('honest'), tool: 'echo', arguments: misplaced }],
    'tools.list': each,
    'tools.invoke': [
      ...each.map((address) => ({ ...address, tool: 'echo', arguments: { text: 'hello' } })),
      { ...one('honest'), tool: 'echo', arguments: misplaced },
    ],
  }
}
