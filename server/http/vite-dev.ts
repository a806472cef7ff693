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

/** `server` carries the hot-reload socket too. */
export async function createViteDev(options: { root: string; dataDir: string; server: Server }): Promise<ViteDev> {
  const { root, dataDir, server } = options
  const vite = await createServer({
    root,
    appType: 'custom',
    server: {
      middlewareMode: true,
      hmr: { server },
      // Any page on the web can ask a loopback port for scripts; without CORS it cannot read the answer.
      cors: false,
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
    close: () => vite.close(),
  }
}
