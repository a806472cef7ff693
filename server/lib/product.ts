/** How Plugboard introduces itself to MCP servers and in its documents. */
export const PRODUCT = { name: 'plugboard', version: '0.1.0' } as const
