// Where the server meets Remix: a request and its page context in, a page out.
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type AppLoadContext, createRequestHandler, type ServerBuild } from '@remix-run/node'
import { explainedBuild } from './explained-build.ts'
import type { PageContext } from './page-context.ts'

export type RemixHandler = (request: Request, context: PageContext) => Promise<Response>

interface RemixOptions {
  /** The repository's root: the built pages lie in its `build/server`. */
  root: string
  mode: 'production' | 'development'
  /** In development, who compiles the pages. */
  vite?: { ssrLoadModule(id: string): Promise<unknown> } | undefined
}

export async function createRemixHandler({ root, mode, vite }: RemixOptions): Promise<RemixHandler> {
  // In development Remix asks again for each request, so that an edit shows without a restart.
  const build = vite
    ? async () => explainedBuild((await vite.ssrLoadModule('virtual:remix/server-build')) as ServerBuild)
    : explainedBuild((await import(pathToFileURL(join(root, 'build/server/index.js')).href)) as ServerBuild)
  const handle = createRequestHandler(build, mode)
  return (request, context) => handle(request, { ...context } satisfies PageContext as unknown as AppLoadContext)
}
