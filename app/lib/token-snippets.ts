// The lines around a service token: how a backend mints one, and how its holder makes a smaller one of it.
import { shellQuote } from './shell-quote.ts'

export const tokensPath = '/app/settings/tokens'
export const mintTokenPath = `${tokensPath}/new`

export function mintTokenSnippet(publicUrl: string, namespace: string): string {
  const body = { policy: [{ namespaces: namespace, metadata: { userId: '123' }, operations: ['read', 'execute'] }], ttl: '1h' }
  return [
    `curl ${shellQuote(`${publicUrl}/tokens`)} \\`,
    '  -H "Authorization: Bearer $PLUGBOARD_KEY" \\',
    '  -H "Content-Type: application/json" \\',
    `  -d ${shellQuote(JSON.stringify(body))}`,
  ].join('\n')
}

/** The connections that a token sees, which every one may ask that reads any. */
export const listConnectionsSnippet = (publicUrl: string, namespace: string): string =>
  [`curl ${shellQuote(`${publicUrl}/connect/${encodeURIComponent(namespace)}`)} \\`, '  -H "Authorization: Bearer $PLUGBOARD_KEY"'].join('\n')

/** Needs neither us nor a library: `public/docs/service-token-format.md`. */
export const narrowSnippet = `import { createHmac } from 'node:crypto'

export function narrow(token, limit) {
  const parts = token.split('.')
  const signature = Buffer.from(parts.pop(), 'base64url')
  const block = Buffer.from(JSON.stringify(limit))
  const length = Buffer.alloc(4)
  length.writeUInt32BE(block.length)
  const mac = createHmac('sha256', signature).update(length).update(block).digest('base64url')
  return [...parts, block.toString('base64url'), mac].join('.')
}

// narrow(token, { policy: [{ tools: ['search*'] }] })`
