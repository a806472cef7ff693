// What each tRPC procedure would be asked, to do something to somebody else's things. A procedure that is not in here
// fails the tests that walk them all.

export interface TenantThings {
  upstreamUrl: URL
  keyId: string
  token: string
  tokenId: string
  /** Of the organization whose things these are. */
  member: { memberId: string; sessionHandle: string }
  invitationId: string
  connectSessionId: string
  webhookId: string
  appAccessId: string
}

const it1 = { namespace: 'shop', connectionId: 'it' }

/** By path; `theirs`: for another organization it does the same with their own things. */
export const tenantInputs = ({ upstreamUrl, keyId, token, tokenId, member, invitationId, connectSessionId, webhookId, appAccessId }: TenantThings): Record<string, unknown> => ({
  'namespaces.list': 'theirs',
  'namespaces.create': 'theirs',
  'namespaces.ensure': { name: 'shop' },
  'namespaces.remove': { name: 'shop' },
  'namespaces.settings': { name: 'shop' },
  'namespaces.updateSettings': { name: 'shop', allowedOrigins: ['https://theirs.example.com'] },
  'connectSessions.create': { namespace: 'shop', mcpUrl: upstreamUrl },
  'connectSessions.get': { connectSessionId },
  'connectSessions.complete': { connectSessionId, code: 'theirs', person: 'theirs' },
  'connections.list': { namespace: 'shop' },
  'connections.get': it1,
  'connections.summary': { namespace: 'shop' },
  'connections.credential': it1,
  'connections.setupLink': it1,
  'connections.recentCalls': it1,
  'connections.timeline': it1,
  'usage.overview': { namespace: 'shop', range: '24h' },
  'usage.ofConnection': { ...it1, range: '24h' },
  'usage.daily': it1,
  'connections.try': { namespace: 'shop', mcpUrl: upstreamUrl },
  'connections.remove': it1,
  'connections.undoRemove': { namespace: 'shop', connectionId: 'removed' },
  'connections.create': { namespace: 'shop', mcpUrl: upstreamUrl },
  'connections.upsert': { ...it1, name: 'Theirs' },
  'connections.update': { ...it1, name: 'Theirs' },
  'connections.delete': it1,
  'connections.check': it1,
  'connections.doctor': it1,
  'connections.watch': { namespace: 'shop' },
  'webhooks.list': { namespace: 'shop' },
  'webhooks.get': { webhookId },
  'webhooks.create': { namespace: 'shop', url: 'https://theirs.example.com/' },
  'webhooks.update': { webhookId, url: 'https://theirs.example.com/' },
  'webhooks.delete': { webhookId },
  'webhooks.rotateSecret': { webhookId },
  'webhooks.test': { webhookId },
  'webhooks.deliveries': { webhookId },
  'webhooks.replay': { webhookId, deliveryId: `msg_${'0'.repeat(32)}` },
  'audit.list': 'theirs',
  'audit.export': 'theirs',
  'audit.verify': 'theirs',
  'keys.list': 'theirs',
  'keys.create': 'theirs',
  'keys.revoke': { id: keyId },
  'tokens.mint': 'theirs',
  'tokens.preview': { namespace: 'shop' },
  'tokens.narrow': { token },
  'tokens.revoke': { id: tokenId },
  'tokens.list': 'theirs',
  'tokens.explain': { id: tokenId },
  'account.get': 'theirs',
  'account.rename': 'theirs',
  'account.sessions': 'theirs',
  'account.revokeSession': { handle: member.sessionHandle },
  'account.apps': 'theirs',
  'account.endApp': { id: appAccessId },
  'account.revokeOtherSessions': 'theirs',
  'members.list': 'theirs',
  'members.changeRole': { id: member.memberId, role: 'member' },
  'members.remove': { id: member.memberId },
  'invitations.list': 'theirs',
  'invitations.create': 'theirs',
  'invitations.revoke': { id: invitationId },
  'organization.get': 'theirs',
  'organization.rename': 'theirs',
  'installation.get': 'theirs',
  'tools.list': it1,
  'tools.stream': { ...it1, tool: 'echo', arguments: {} },
  'tools.invoke': { ...it1, tool: 'echo', arguments: {} },
})

/** What is about people is refused to every key, whatever it names. */
export const isAboutPeople = (path: string): boolean => /^(account|members|invitations|organization|installation)\./.test(path)
