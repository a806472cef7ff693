// A scenario of the suite, as those who use Plugboard would live through it: an app connects a server and calls its tools; when
// the connection asks for a person, the person gives consent; and then the app goes on.
import type { Client } from '@modelcontextprotocol/client'
import { connectModernClient } from '../support/mcp-clients.ts'
import { giveConsent } from './give-consent.ts'
import type { ConnectionStatus, RunningPlugboard } from './start-plugboard.ts'
import type { ClientScenario } from './start-scenario-door.ts'

/** A server that keeps asking for more is left alone. */
const MAX_CONSENTS = 3

export async function playScenario(plugboard: RunningPlugboard, scenario: ClientScenario): Promise<void> {
  // Never the same twice: a port of the suite may come back in another scenario.
  const connectionId = `${scenario.scenario.replaceAll(/[^A-Za-z0-9]/g, '-')}-${new URL(scenario.url).port}`.slice(-64)
  const { status } = await plugboard.connect(connectionId, { mcpUrl: scenario.url, ...detailsOf(scenario) })
  let consents = 0
  await consentTo(status)

  async function consentTo({ state, setupUrl, ...rest }: ConnectionStatus): Promise<void> {
    if (state === 'connected') return
    if (state !== 'auth_required' || !setupUrl) throw new Error(`The connection is ${JSON.stringify({ state, ...rest })}`)
    if (++consents > MAX_CONSENTS) throw new Error('The server asked for consent again and again')
    const outcome = await giveConsent(setupUrl)
    if (outcome !== 'connected') throw new Error(`The consent ended as ${outcome}`)
  }

  const mode = scenario.revision !== undefined && scenario.revision >= '2026' ? 'auto' : 'legacy'
  /** In a session of its own: those that an older consent opened have ended. Again, if a person could mend what went wrong. */
  async function inSession<Result>(act: (client: Client) => Promise<Result>): Promise<Result> {
    for (;;) {
      let client: Client | undefined
      try {
        client = await connectClient(plugboard, connectionId, mode)
        return await act(client)
      } catch (error) {
        const view = await plugboard.readConnection(connectionId)
        if (view.status.state !== 'auth_required') throw error
        await consentTo(view.status)
      } finally {
        await client?.close()
      }
    }
  }

  let done = 0
  await inSession(async (client) => {
    const { tools } = await client.listTools()
    const calls = scenario.context?.toolCalls ?? tools.map(({ name, inputSchema }) => ({ name, arguments: exampleArguments(inputSchema, tools[0]?.inputSchema ?? {}) }))
    // What was called before a consent interrupted it is not called again.
    for (const call of calls.slice(done)) {
      await client.callTool(call)
      done++
    }
  })
}

const connectClient = (plugboard: RunningPlugboard, connectionId: string, mode: 'legacy' | 'auto') =>
  connectModernClient({ url: plugboard.mcpUrlOf(connectionId), key: plugboard.key }, mode, { capabilities: { elicitation: {} } }, (client) => {
    client.setRequestHandler('elicitation/create', ({ params }) => {
      const schema = 'requestedSchema' in params ? params.requestedSchema : undefined
      return { action: 'accept', content: defaultsOf(schema) }
    })
  })

/** What a person knows of a server beforehand, and an app hands over with the connection. */
function detailsOf({ scenario, url, context }: ClientScenario): Record<string, unknown> {
  const clientId = context?.client_id
  const oauth = deviations[scenario]?.(new URL(url).origin)
  const client = { clientId, clientSecret: context?.client_secret, privateKey: context?.private_key_pem, ...machineOf(scenario, context) }
  return { ...(clientId !== undefined && { oauthClient: client }), ...(oauth && { oauth }) }
}

/** Where no person signs in, the client says how it asks. */
function machineOf(scenario: string, context: ClientScenario['context']): object {
  if (scenario.startsWith('auth/client-credentials-')) return { grant: 'client_credentials' }
  if (context?.valid_jwt !== undefined) return { grant: 'jwt_bearer', assertion: context.valid_jwt }
  if (context?.idp_id_token === undefined) return {}
  return { grant: 'jwt_bearer', identity: { issuer: context.idp_issuer, clientId: context.idp_client_id, idToken: context.idp_id_token } }
}

/** Servers of MCP 2025-03-26 need somebody who vouches for them: their metadata proves nothing, or there is none. */
const deviations: Record<string, (origin: string) => object> = {
  'auth/2025-03-26-oauth-metadata-backcompat': (origin) => ({ trustedIssuer: `${origin}/oauth` }),
  'auth/2025-03-26-oauth-endpoint-fallback': () => ({ legacyEndpoints: true }),
}

type Properties = Record<string, { type?: string; default?: string | number | boolean }>

function defaultsOf(schema: unknown): Record<string, string | number | boolean> {
  const { properties = {} } = (schema ?? {}) as { properties?: Properties }
  return Object.fromEntries(Object.entries(properties).flatMap(([name, each]) => (each.default === undefined ? [] : [[name, each.default]])))
}

const examples: Record<string, unknown> = { string: 'text', number: 1, integer: 1, boolean: true, array: [] }

/** Where an object is wanted, it is the schema of the first tool: a server may look whether it comes back as it was sent. */
function exampleArguments(schema: unknown, object: object): Record<string, unknown> {
  const { properties = {}, required = [] } = schema as { properties?: Properties; required?: string[] }
  return Object.fromEntries(required.map((name) => [name, { ...examples, object }[properties[name]?.type ?? 'string']]))
}
