// `npm run conformance`: the official suite. Its server scenarios against our fixture, directly and through Plugboard; its client
// scenarios against Plugboard itself; and programs that people point at an MCP server. `-- --only servers`, `clients` or `agents` runs a part, `-- --stand-in` puts a bare proxy
// in Plugboard's place for the first, to try the comparison itself.
import { parseArgs } from 'node:util'
import { runAgents } from './run-agents.ts'
import { runClients } from './run-clients.ts'
import { runServers } from './run-servers.ts'

/** Installation included. */
const totalLimitMs = 15 * 60_000

async function main(): Promise<boolean> {
  const { values: options } = parseArgs({ options: { only: { type: 'string' }, 'stand-in': { type: 'boolean', default: false } } })
  const interrupted = new AbortController()
  process.once('SIGINT', () => interrupted.abort()).once('SIGTERM', () => interrupted.abort())
  const stop = AbortSignal.any([interrupted.signal, AbortSignal.timeout(totalLimitMs)])
  const isWanted = (part: string) => options.only === undefined || options.only === part
  const servers = !isWanted('servers') || (await runServers({ standIn: options['stand-in'], stop }))
  const clients = !isWanted('clients') || options['stand-in'] || (await runClients(stop))
  const agents = !isWanted('agents') || options['stand-in'] || (await runAgents(stop))
  return servers && clients && agents
}

try {
  process.exitCode = (await main()) ? 0 : 1
} catch (error) {
  console.error(error instanceof Error ? [error.message, error.cause ?? ''].join('\n').trim() : error)
  process.exitCode = 2
}
