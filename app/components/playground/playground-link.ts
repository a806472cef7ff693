/** Where the playground shows this connection, and of it this tool. */
export function playgroundLink(namespace: string, connectionId: string, tool?: string): string {
  const search = new URLSearchParams({ connection: connectionId, ...(tool !== undefined && { tool }) })
  return `/app/${encodeURIComponent(namespace)}/playground?${search}`
}
