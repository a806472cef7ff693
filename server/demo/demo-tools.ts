// What the demo server can do. Stateless: a server and a transport for each request.
import type { IncomingMessage, ServerResponse } from 'node:http'
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js'
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js'
import { z } from 'zod'
import { PRODUCT } from '../lib/product.ts'

function createDemo(): McpServer {
  const server = new McpServer({ name: 'plugboard-demo', title: 'Plugboard demo', version: PRODUCT.version })
  const readOnly = { readOnlyHint: true, openWorldHint: false }
  server.registerTool(
    'echo',
    { title: 'Echo', description: 'Returns the message.', inputSchema: { message: z.string() }, annotations: readOnly },
    ({ message }) => ({ content: [{ type: 'text', text: message }] }),
  )
  server.registerTool(
    'add',
    {
      title: 'Add',
      description: 'Adds two numbers.',
      inputSchema: { a: z.number(), b: z.number() },
      outputSchema: { sum: z.number() },
      annotations: readOnly,
    },
    ({ a, b }) => ({ content: [{ type: 'text', text: String(a + b) }], structuredContent: { sum: a + b } }),
  )
  return server
}

export async function answerDemoRequest(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const server = createDemo()
  const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined })
  response.once('close', () => void transport.close().then(() => server.close()))
  await server.connect(transport)
  await transport.handleRequest(request, response)
}
