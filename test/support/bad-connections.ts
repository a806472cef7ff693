/** Bodies that no connection is made of, each with the secret somewhere. */
export const badConnections = (secret: string): (string | object)[] => [
  `{"mcpUrl": "https://x", "headers": {"a": "${secret}"`,
  { mcpUrl: `ftp://x/?token=${secret}` },
  { mcpUrl: `not a url ${secret}` },
  { mcpUrl: `https://user:${secret}@example.com/mcp` },
  { mcpUrl: `http://example.com/mcp?token=${secret}` },
  { mcpUrl: 'https://x/mcp', headers: { 'x-key': `${secret}\r\ninjected: 1` } },
  { mcpUrl: 'https://x/mcp', headers: { 'x-key': [secret] } },
  { mcpUrl: 'https://x/mcp', headers: { host: secret } },
  { mcpUrl: 'https://x/mcp', headers: { 'x-key': secret.repeat(300) } },
  { mcpUrl: 'https://x/mcp', transport: secret },
  { mcpUrl: 'https://x/mcp', sessions: secret },
  { mcpUrl: { token: secret } },
]
