// An MCP server (2025-11-25, without sessions) all of whose words are attacks on the page that shows them.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { HOSTILE } from './hostile-texts.ts'

const SERVER = {
  protocolVersion: '2025-11-25',
  capabilities: { tools: {} },
  serverInfo: {
    name: HOSTILE.script,
    version: HOSTILE.image,
    title: `${HOSTILE.closing}${HOSTILE.rightToLeft}`,
    description: `${HOSTILE.json}${HOSTILE.long}`,
    websiteUrl: HOSTILE.link,
    icons: [{ src: HOSTILE.svgUrl, mimeType: 'image/svg+xml' }, { src: HOSTILE.link }],
  },
  instructions: HOSTILE.script,
}

const INPUT = {
  type: 'object',
  title: HOSTILE.script,
  description: HOSTILE.closing,
  properties: {
    [HOSTILE.image]: { type: 'string', title: HOSTILE.rightToLeft, description: HOSTILE.markdown, default: HOSTILE.script },
    choice: { enum: [HOSTILE.script, HOSTILE.link], description: HOSTILE.long },
    loop: { $ref: '#' },
  },
}

const toolNamed = (name: string, title: string) => ({
  name,
  title,
  description: `${HOSTILE.script}${HOSTILE.markdown}`,
  inputSchema: INPUT,
  annotations: { title: HOSTILE.closing, readOnlyHint: true },
})

/** `attack` answers with every kind of content, `fails` says so itself, `refuses` with a JSON-RPC error. */
const TOOLS = [
  toolNamed('attack', HOSTILE.script),
  toolNamed('fails', HOSTILE.rightToLeft),
  toolNamed('refuses', HOSTILE.long),
  toolNamed(HOSTILE.image, HOSTILE.closing),
]

const RESULT = {
  content: [
    { type: 'text', text: `${HOSTILE.script}${HOSTILE.markdown}` },
    { type: 'image', mimeType: 'image/svg+xml', data: Buffer.from(HOSTILE.svg).toString('base64') },
    { type: 'image', mimeType: 'image/png', data: Buffer.from(HOSTILE.svg).toString('base64') },
    { type: 'audio', mimeType: 'text/html', data: Buffer.from(HOSTILE.script).toString('base64') },
    { type: 'resource_link', uri: HOSTILE.link, name: HOSTILE.script, title: HOSTILE.rightToLeft },
    { type: 'resource', resource: { uri: HOSTILE.htmlUrl, mimeType: 'text/html', text: HOSTILE.script } },
  ],
  structuredContent: { [HOSTILE.image]: HOSTILE.json, link: HOSTILE.link },
}

function answerTo(method: string, tool: string | undefined): object {
  if (method === 'initialize') return { result: SERVER }
  if (method === 'tools/list') return { result: { tools: TOOLS } }
  if (method !== 'tools/call') return { error: { code: -32601, message: HOSTILE.script } }
  if (tool === 'fails') return { result: { ...RESULT, isError: true } }
  return tool === 'refuses' ? { error: { code: -32000, message: `${HOSTILE.closing}${HOSTILE.image}`, data: HOSTILE.json } } : { result: RESULT }
}

export interface HostileUpstream {
  url: string
  stop(): Promise<void>
}

export async function startHostileUpstream(): Promise<HostileUpstream> {
  const server = createServer(async (req, res) => {
    if (req.method !== 'POST') return void res.writeHead(405).end()
    const { id, method, params } = JSON.parse(await text(req)) as { id?: number; method: string; params?: { name?: string } }
    if (id === undefined) return void res.writeHead(202).end()
    res.writeHead(200, { 'content-type': 'application/json' })
    res.end(JSON.stringify({ jsonrpc: '2.0', id, ...answerTo(method, params?.name) }))
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/mcp`,
    async stop() {
      const closed = new Promise((done) => server.close(done))
      server.closeAllConnections()
      await closed
    },
  }
}
