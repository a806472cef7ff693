// The tools of the endpoint itself. Their names have no dot, so no connection's tool is called like one of them.

const name = { type: 'string', description: 'A tool’s full name: connectionId.tool' }
const none = { type: 'object', properties: {}, additionalProperties: false }

/** Always there: what can be called depends on connections, and some wait for a person. */
const connections = {
  name: 'plugboard_connections',
  title: 'Connections and their status',
  description:
    'Lists the connections behind this endpoint with their status. One that waits for a person has, for whoever may change it, a setupUrl: show that link to the user, who signs in there; afterwards its tools are listed.',
  inputSchema: none,
  annotations: { readOnlyHint: true, openWorldHint: false },
}

/** Instead of all tools, where those are too many for a model to read. */
const search = [
  {
    name: 'search_tools',
    title: 'Search tools',
    description: 'Finds tools of all connections by words of their names and descriptions, the best first.',
    inputSchema: {
      type: 'object',
      properties: { query: { type: 'string', description: 'Words' }, limit: { type: 'integer', minimum: 1, maximum: 50, default: 10 } },
      required: ['query'],
      additionalProperties: false,
    },
    annotations: { readOnlyHint: true, openWorldHint: false },
  },
  {
    name: 'describe_tool',
    title: 'Describe a tool',
    description: 'The whole definition of a tool that search_tools found, with the schema of its arguments.',
    inputSchema: { type: 'object', properties: { name }, required: ['name'], additionalProperties: false },
    annotations: { readOnlyHint: true, openWorldHint: false },
  },
  {
    name: 'call_tool',
    title: 'Call a tool',
    description: 'Calls a tool that search_tools found, with arguments by its schema. The result is that of the tool.',
    inputSchema: {
      type: 'object',
      properties: { name, arguments: { type: 'object', description: 'The arguments of that tool' } },
      required: ['name'],
      additionalProperties: false,
    },
  },
] as const

/** `search`: the connections' tools are found by searching, and not listed. */
export type ToolsMode = 'all' | 'search'

export const ownTools = (mode: ToolsMode) => (mode === 'search' ? [...search, connections] : [connections])

export const isOwnTool = (mode: ToolsMode, text: string): boolean => ownTools(mode).some((tool) => tool.name === text)
