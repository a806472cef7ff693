// All that a span may say, and what OpenTelemetry calls it: an allow list. Nothing of a body, no header, no path or query as it was
// sent, no word of an upstream (OpenTelemetry semantic conventions: HTTP server spans, Model Context Protocol).

export interface SpanFacts {
  httpMethod?: string
  /** The template, never the path. */
  route?: string
  /** Of tRPC. */
  procedure?: string
  status?: number
  /** As the log knows the request. */
  requestId?: string
  organizationId?: string
  actorKind?: string
  namespace?: string
  connectionId?: string
  /** One of the protocol's own. */
  mcpMethod?: string
  tool?: string
  prompt?: string
  /** Our code, or what the conventions have for what has none. */
  errorType?: string
}

const ATTRIBUTES: Readonly<Record<keyof SpanFacts, string>> = {
  httpMethod: 'http.request.method',
  route: 'http.route',
  procedure: 'rpc.method',
  status: 'http.response.status_code',
  requestId: 'plugboard.request.id',
  organizationId: 'plugboard.organization.id',
  actorKind: 'plugboard.actor.kind',
  namespace: 'plugboard.namespace',
  connectionId: 'plugboard.connection.id',
  mcpMethod: 'mcp.method.name',
  tool: 'gen_ai.tool.name',
  prompt: 'gen_ai.prompt.name',
  errorType: 'error.type',
}

/** Names are strangers' words: long enough for every name that a server really has. */
const MAX_TEXT = 128

export function attributesOf(facts: SpanFacts): Record<string, string | number> {
  const attributes: Record<string, string | number> = facts.mcpMethod === undefined ? {} : { 'network.transport': 'tcp', 'network.protocol.name': 'http' }
  for (const key of Object.keys(ATTRIBUTES) as (keyof SpanFacts)[]) {
    const value = facts[key]
    if (value !== undefined) attributes[ATTRIBUTES[key]] = typeof value === 'string' ? value.slice(0, MAX_TEXT) : value
  }
  if (facts.tool !== undefined) attributes['gen_ai.operation.name'] = 'execute_tool'
  return attributes
}

/** `tools/call add` for messages of MCP, `GET /{namespace}` or `POST /trpc/tools.invoke` for everything else. */
export function nameOf({ httpMethod = 'HTTP', route, procedure, mcpMethod, tool, prompt }: SpanFacts): string {
  const path = route === undefined || procedure === undefined ? route : `${route}/${procedure}`
  const [verb, target] = mcpMethod === undefined ? [httpMethod, path] : [mcpMethod, (tool ?? prompt)?.slice(0, MAX_TEXT)]
  return target === undefined ? verb : `${verb} ${target}`
}
