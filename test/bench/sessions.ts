/** Initializes at the upstream and returns the session's id, as a client without Plugboard would. */
export async function openSession(port: number, credential: string): Promise<string> {
  const params = { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'bench', version: '1.0.0' } }
  const response = await fetch(`http://127.0.0.1:${port}/session/mcp`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-api-key': credential },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'initialize', params }),
  })
  await response.text()
  return response.headers.get('mcp-session-id')!
}
