import type { Asker } from './canary-asker.ts'

/** The endpoint of the namespace `shop`: well, badly, and with a secret where it does not belong. */
export async function askAggregate(asker: Asker, misplaced: string): Promise<void> {
  const message = (method: string, params: object = {}) => ({ jsonrpc: '2.0', id: 1, method, params })
  const tools = ['honest.echo', 'careless.echo', 'refusing.echo', 'plugboard_connections', 'search_tools', misplaced]
  for (const path of ['/mcp/shop', '/mcp/shop?tools=search', `/mcp/${misplaced}?tools=${misplaced}`]) {
    for (const method of ['initialize', 'tools/list', 'resources/list', 'server/discover', 'ping', misplaced]) await asker.ask('POST', path, message(method))
    for (const name of tools) await asker.ask('POST', path, message('tools/call', { name, arguments: { query: misplaced } }))
    await asker.ask('POST', path, message('resources/read', { uri: `plugboard://honest/${misplaced}` }))
    await asker.ask('POST', path, message('tools/list', { cursor: misplaced }))
    await asker.ask('POST', path, `{"jsonrpc": ${misplaced}`)
    await asker.ask('DELETE', path)
  }
}
