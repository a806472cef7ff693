// Development only: Vite on our own listener, with hot reload over the same port. Imported on demand, so
// that a production start never loads it.
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { join } from 'node:path'
import { createServer } from 'vite'

/** Vite's own list, which an explicit one replaces. */
const SECRET_FILES = ['.env', '.env.*', '*.{crt,pem}', '**/.git/**']

export interface ViteDev {
  /** Answers what is Vite's and calls `next` for the rest. */
  middleware(request: IncomingMessage, response: ServerResponse, next: () => void): void
  ssrLoadModule(id: string): Promise<unknown>
  close(): Promise<void>
}

interface ViteDevOptions {
  root: string
  dataDir: string
  /** Carries the hot-reload socket too. */
  server: Server
  logLevel?: 'info' | 'silent'
}

export async function createViteDev({ root, dataDir, server, logLevel = 'info' }: ViteDevOptions): Promise<ViteDev> {
  const vite = await createServer({
    root,
    appType: 'custom',
    logLevel,
    clearScreen: false,
    server: {
      middlewareMode: true,
      hmr: { server },
      // Any page on the web can ask a loopback port for scripts; without CORS it cannot read the answer.
      cors: false,
      // Only pages reload by themselves; the database writes all the time.
      watch: { ignored: [`${dataDir}/**`, ...['build', 'db', 'test'].map((folder) => join(root, folder, '**'))] },
      fs: {
        strict: true,
        allow: ['app', 'client', 'public', 'node_modules'].map((folder) => join(root, folder)),
        deny: [...SECRET_FILES, `${dataDir}/**`],
      },
    },
  })
  return {
    middleware: (request, response, next) => vite.middlewares(request, response, next),
    ssrLoadModule: (id) => vite.ssrLoadModule(id),
    async close() {
      // Closed while it bundles dependencies, Vite 6 would wait for ever for the bundle it has just cancelled.
      const optimizer = vite.environments.client.depsOptimizer
      await optimizer?.scanProcessing
      await Promise.all(Object.values(optimizer?.metadata.discovered ?? {}).map(({ processing }) => processing))
      await vite.close()
    },
  }
}
