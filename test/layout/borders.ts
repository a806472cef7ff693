// Libraries and abilities that live in one room each, so that replacing or reviewing one means reading one room.
import { readImports } from './import-graph.ts'
import type { SourceTree } from './source-tree.ts'

/** A package (or all of a scope, `@scope/`) and where it may be imported. */
export const libraries: readonly { name: string; rooms: readonly string[] }[] = [
  { name: 'drizzle-orm', rooms: ['db'] },
  { name: '@libsql/', rooms: ['db'] },
  { name: '@trpc/client', rooms: ['app', 'client'] },
  { name: '@trpc/', rooms: ['server/api', 'server/http', 'client'] },
  { name: '@modelcontextprotocol/', rooms: ['server/demo'] },
  { name: '@node-oauth/oauth2-server', rooms: ['server/downstream-oauth'] },
  { name: 'oauth4webapi', rooms: ['server/oauth'] },
  { name: 'undici', rooms: [] },
  { name: 'ipaddr.js', rooms: ['server/egress'] },
  { name: 'standardwebhooks', rooms: ['server/webhooks'] },
  { name: 'lucia', rooms: ['server/identity'] },
  { name: 're2js', rooms: ['server/policy'] },
  { name: '@node-rs/argon2', rooms: ['server/identity'] },
  { name: 'pino', rooms: ['server/lib/logger.ts'] },
  { name: 'prom-client', rooms: ['server/http'] },
  { name: '@opentelemetry/', rooms: ['server/telemetry'] },
  { name: 'hono', rooms: ['server/http', 'server/rest'] },
  { name: '@hono/', rooms: ['server/http'] },
  { name: '@remix-run/', rooms: ['app', 'server/http/remix.ts', 'server/http/explained-build.ts'] },
  { name: '@cfworker/json-schema', rooms: ['app'] },
  { name: 'react', rooms: ['app', 'client'] },
  { name: 'react-dom', rooms: ['app', 'client'] },
  { name: 'vite', rooms: ['server/http/vite-dev.ts'] },
  { name: 'esbuild', rooms: ['server/scripts'] },
  // No upstream is ever a command, so that no input can become one.
  { name: 'node:child_process', rooms: ['server/scripts'] },
  { name: 'node:worker_threads', rooms: ['server/scripts'] },
  { name: 'node:vm', rooms: [] },
  // Who can open a socket can walk around the egress guard; http is for listening.
  { name: 'node:net', rooms: ['server/egress', 'server/http', 'server/admin', 'server/config', 'server/demo'] },
  { name: 'node:tls', rooms: ['server/egress'] },
  { name: 'node:dns', rooms: ['server/egress'] },
  { name: 'node:dgram', rooms: [] },
  { name: 'node:http', rooms: ['server/http', 'server/admin', 'server/demo', 'server/gateway', 'server/main.ts'] },
  { name: 'node:https', rooms: [] },
  { name: 'node:http2', rooms: [] },
]

/** These show code that a reader runs elsewhere. */
const SNIPPETS = ['app/lib/first-call-snippets.ts', 'app/lib/token-snippets.ts', 'app/lib/webhook-snippets.ts']

/** What may be written only in the rooms named. */
export const abilities: readonly { pattern: RegExp; what: string; rooms: readonly string[] }[] = [
  { pattern: /\bprocess\.env\b/, what: 'process.env', rooms: ['server/config', 'server/scripts', ...SNIPPETS] },
  { pattern: /\bDate\.now\(|\bnew Date\(\s*\)/, what: 'the time', rooms: ['server/lib/clock.ts', 'app/lib/clock.ts'] },
  { pattern: /(?<![.\w])fetch\(|\bglobalThis\.fetch\b/, what: 'the global fetch', rooms: ['server/egress'] },
  { pattern: /\bMath\.random\(/, what: 'guessable randomness', rooms: ['db/busy-retry.ts'] },
  { pattern: /\bdangerouslySetInnerHTML\b/, what: 'unescaped HTML', rooms: [] },
]

const inside = (path: string, room: string) => path === room || path.startsWith(`${room}/`)
const allowed = (path: string, rooms: readonly string[]) => inside(path, 'test') || rooms.some((room) => inside(path, room))
const covers = (name: string, imported: string) => (name.endsWith('/') ? imported.startsWith(name) : imported === name)
const orNowhere = (rooms: readonly string[]) => rooms.join(', ') || 'no room'

/** `node:dns/promises` is `node:dns`, and `fs` is `node:fs`. */
const canonical = (imported: string, builtins: ReadonlySet<string>) => (builtins.has(imported) ? `node:${imported}` : imported)

export function findBorderProblems(tree: SourceTree, builtins: ReadonlySet<string>): string[] {
  const imports = readImports(tree)
    .filter(({ kind }) => kind === 'package')
    .flatMap(({ from, to }) => {
      const library = libraries.find(({ name }) => covers(name, canonical(to, builtins)))
      return library && !allowed(from, library.rooms) ? [`${from} imports ${to}, which belongs to ${orNowhere(library.rooms)}`] : []
    })
  const uses = [...tree].flatMap(([path, text]) =>
    abilities
      .filter(({ pattern, rooms }) => !allowed(path, rooms) && pattern.test(withoutComments(text)))
      .map(({ what, rooms }) => `${path} uses ${what}, which belongs to ${orNowhere(rooms)}`),
  )
  return [...imports, ...uses]
}

/** Good enough for a search: a comment may speak of what the code must not do. */
const withoutComments = (text: string) => text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '$1')
