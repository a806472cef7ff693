import { api } from './api.ts'

/** Enough to look through; whoever has more types a name. */
const NEWEST = 50

type Found = Awaited<ReturnType<typeof api.connections.list.query>>['connections'][number]

/** The newest of a namespace, and before them those whose id or name is exactly `text`. */
export async function findConnections(namespace: string, text: string, signal: AbortSignal): Promise<readonly Found[]> {
  const list = (filter: { name?: string; metadata?: Record<string, string>; limit?: number }) =>
    api.connections.list.query({ namespace, ...filter }, { signal })
  const pages = await Promise.all([
    ...(text === '' ? [] : [list({ metadata: { connectionId: text } }), list({ name: text, limit: 10 })]),
    list({ limit: NEWEST }),
  ])
  return [...new Map(pages.flatMap(({ connections }) => connections).map((found) => [found.connectionId, found])).values()]
}
