// A scenario of the suite, as those who use Plugboard would live through it: an app connects a server and calls its tools; when
// the connection asks for a person, the person gives consent; and then the app goes on.
import { connectModernClient } from '../support/mcp-clients.ts'
import { giveConsent } from './give-consent.ts'
import type { RunningPlugboard } from './start-plugboard.ts'
import type { ClientScenario } from './start-scenario-door.ts'

/** A server that keeps asking for more is left alone. */
const MAX_CONSENTS = 3

export async function playScenario(plugboard: RunningPlugboard, scenario: ClientScenario): Promise<void> {
  // One after the other and never the same: a port of the suite may come back in another scenario.
  const connectionId = `${scenario.scenario.replaceAll(/[^A-Za-z0-9]/g, '-')}-${new URL(scenario.url).port}`.slice(-64)
  let consents = 0

  async function readStatus(status: ConnectionStatus): Promise<void> {
    if (status.state === 'connected') return
    if (status.state !== 'auth_required' || !status.setupUrl) throw new Error(`The connection is ${JSON.stringify(status)}`)
    if (++consents > MAX_CONSENTS) throw new Error('The server asked for consent again and again')
    const outcome = await giveConsent(status.setupUrl)
    if (outcome !== 'connected') throw new Error(`The consent ended as ${outcome}`)
  }

  /** Again, if a person could mend what went wrong. */
  async function withConsent<Result>(act: () => Promise<Result>): Promise<Result> {
    for (;;) {
      try {
        return await act()
      } catch (error) {
        const { status } = await plugboard.readConnection(connectionId)
        if (status.state !== 'auth_required') throw error
        await readStatus(status)
      }
    }
  }

  const { status } = await plugboard.connect(connectionId, { mcpUrl: scenario.url, ...detailsOf(scenario) })
  await readStatus(status)
  const mode = scenario.revision !== undefined && scenario.revision >= '2026' ? 'auto' : 'legacy'
  const client = await withConsent(() => connectClient(plugboard, connectionId, mode))
  try {
    const { tools } = await withConsent(() => client.listTools())
    const calls = scenario.context?.toolCalls ?? tools.map(({ name, inputSchema }) => ({ name, arguments: exampleArguments(inputSchema) }))
    for (const call of calls) await withConsent(() => client.callTool(call))
  } finally {
    await client.close()
  }
}

interface ConnectionStatus {
  state: string
  setupUrl?: string
}

const connectClient = (plugboard: RunningPlugboard, connectionId: string, mode: 'legacy' | 'auto') =>
  connectModernClient({ url: plugboard.mcpUrlOf(connectionId), key: plugboard.key }, mode, { capabilities: { elicitation: {} } }, (client) => {
    client.setRequestHandler('elicitation/create', ({ params }) => {
      const schema = 'requestedSchema' in params ? params.requestedSchema : undefined
      return { action: 'accept', content: defaultsOf(schema) }
    })
  })

/** What a person knows of a server beforehand and an app hands over with the connection. */
function detailsOf({ context }: ClientScenario): Record<string, unknown> {
  if (context?.client_id === undefined) return {}
  return { oauthClient: { clientId: context.client_id, clientSecret: context.client_secret } }
}

type Properties = Record<string, { type?: string; default?: string | number | boolean }>

function defaultsOf(schema: unknown): Record<string, string | number | boolean> {
  const { properties = {} } = (schema ?? {}) as { properties?: Properties }
  return Object.fromEntries(Object.entries(properties).flatMap(([name, each]) => (each.default === undefined ? [] : [[name, each.default]])))
}

const examples: Record<string, unknown> = { string: 'text', number: 1, integer: 1, boolean: true, array: [], object: {} }

function exampleArguments(schema: unknown): Record<string, unknown> {
  const { properties = {}, required = [] } = schema as { properties?: Properties; required?: string[] }
  return Object.fromEntries(required.map((name) => [name, examples[properties[name]?.type ?? 'string']]))
}
