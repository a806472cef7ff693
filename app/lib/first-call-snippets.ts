// The lines that a newcomer copies. A call never has the key in it: it stays in the shell's environment.
import type { FirstCall } from './load-context.ts'
import { shellQuote } from './shell-quote.ts'

export interface Snippet {
  id: string
  label: string
  code: string
}

/** Shown where there is no demo: connects a server first. */
const EXAMPLE: FirstCall = { namespace: 'my-app', connectionId: 'my-server', tool: 'echo', arguments: { message: 'hello' } }

/** Where a connection is, for those who call it. */
export const connectionUrl = (publicUrl: string, { namespace, connectionId }: Pick<FirstCall, 'namespace' | 'connectionId'>) =>
  `${publicUrl}/connect/${encodeURIComponent(namespace)}/${encodeURIComponent(connectionId)}`

/** How to get `$PLUGBOARD_KEY` set. */
export const keyLine = (keyFile: string | undefined): string =>
  keyFile === undefined ? 'export PLUGBOARD_KEY=…' : `export PLUGBOARD_KEY="$(cat ${shellQuote(keyFile)})"`

/** The same for a key that is on the screen anyway. */
export const keyLineOf = (key: string): string => `export PLUGBOARD_KEY=${shellQuote(key)}`

/** What a new key can do at once, whatever exists. */
export const listNamespacesSnippet = (publicUrl: string): string =>
  `curl ${shellQuote(`${publicUrl}/namespaces`)} -H "Authorization: Bearer $PLUGBOARD_KEY"`

export function connectSnippet(publicUrl: string, namespace = EXAMPLE.namespace): string {
  return [
    `curl -X PUT ${shellQuote(connectionUrl(publicUrl, { ...EXAMPLE, namespace }))} \\`,
    '  -H "Authorization: Bearer $PLUGBOARD_KEY" \\',
    '  -H "Content-Type: application/json" \\',
    `  -d '{"mcpUrl": "https://mcp.example.com/mcp"}'`,
  ].join('\n')
}

/** Which tools a connection has. */
export const listToolsSnippet = (publicUrl: string, place: Pick<FirstCall, 'namespace' | 'connectionId'>): string =>
  [`curl ${shellQuote(`${connectionUrl(publicUrl, place)}/.tools`)} \\`, '  -H "Authorization: Bearer $PLUGBOARD_KEY"'].join('\n')

export function callSnippets(publicUrl: string, call: FirstCall = EXAMPLE): Snippet[] {
  const base = connectionUrl(publicUrl, call)
  const curl = [
    `curl ${shellQuote(`${base}/.tools/${encodeURIComponent(call.tool)}`)} \\`,
    '  -H "Authorization: Bearer $PLUGBOARD_KEY" \\',
    '  -H "Content-Type: application/json" \\',
    `  -d ${shellQuote(JSON.stringify(call.arguments))}`,
  ].join('\n')
  const typescript = [
    `import { Client } from '@modelcontextprotocol/sdk/client/index.js'`,
    `import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'`,
    '',
    `const headers = { Authorization: \`Bearer \${process.env.PLUGBOARD_KEY}\` }`,
    `const url = new URL(${JSON.stringify(`${base}/mcp`)})`,
    '',
    `const client = new Client({ name: 'my-app', version: '1.0.0' })`,
    'await client.connect(new StreamableHTTPClientTransport(url, { requestInit: { headers } }))',
    `console.log(await client.callTool({ name: ${JSON.stringify(call.tool)}, arguments: ${JSON.stringify(call.arguments)} }))`,
    'await client.close()',
  ].join('\n')
  return [
    { id: 'curl', label: 'curl', code: curl },
    { id: 'typescript', label: 'TypeScript', code: typescript },
  ]
}

/** The same call through Plugboard's own typed door, for programs that speak tRPC. */
export function trpcSnippet(publicUrl: string, { namespace, connectionId, tool, arguments: given }: FirstCall): Snippet {
  const code = [
    `import { createTRPCUntypedClient, httpLink } from '@trpc/client'`,
    '',
    'const plugboard = createTRPCUntypedClient({',
    '  links: [',
    '    httpLink({',
    `      url: ${JSON.stringify(`${publicUrl}/trpc`)},`,
    '      headers: { Authorization: `Bearer ${process.env.PLUGBOARD_KEY}` },',
    '    }),',
    '  ],',
    '})',
    '',
    `const result = await plugboard.mutation('tools.invoke', ${JSON.stringify({ namespace, connectionId, tool, arguments: given }, null, 2)})`,
    'console.log(result)',
  ].join('\n')
  return { id: 'trpc', label: 'tRPC', code }
}
