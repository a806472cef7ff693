// The lines around a service token: how a backend mints one, and how its holder makes a smaller one of it.
import type { Snippet } from './first-call-snippets.ts'
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

/** What every token that reads may ask first: which connections it sees. The token stays in the environment. */
export function listConnectionsSnippets(publicUrl: string, namespace: string): Snippet[] {
  const curl = [`curl ${shellQuote(`${publicUrl}/connect/${encodeURIComponent(namespace)}`)} \\`, '  -H "Authorization: Bearer $PLUGBOARD_KEY"'].join('\n')
  const typescript = [
    `import { createTRPCUntypedClient, httpLink } from '@trpc/client'`,
    '',
    'const headers = { Authorization: `Bearer ${process.env.PLUGBOARD_KEY}` }',
    `const plugboard = createTRPCUntypedClient({ links: [httpLink({ url: ${JSON.stringify(`${publicUrl}/trpc`)}, headers })] })`,
    '',
    `console.log(await plugboard.query('connections.list', ${JSON.stringify({ namespace })}))`,
  ].join('\n')
  return [
    { id: 'curl', label: 'curl', code: curl },
    { id: 'typescript', label: 'TypeScript', code: typescript },
  ]
}

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
