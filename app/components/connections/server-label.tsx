import type { ConnectionView } from './connection-types.ts'

export const hostOf = (mcpUrl: string): string => (URL.canParse(mcpUrl) ? new URL(mcpUrl).host : mcpUrl)

/** How the server calls itself, and where it is; the second cannot be made up by the first. */
export function ServerLabel({ connection: { serverInfo, mcpUrl } }: { connection: Pick<ConnectionView, 'serverInfo' | 'mcpUrl'> }) {
  const name = serverInfo?.title ?? serverInfo?.name
  return (
    <span className="block min-w-0">
      {name !== undefined && <span className="block truncate">{name}</span>}
      <span className={name === undefined ? 'block truncate' : 'block truncate text-small text-muted'}>{hostOf(mcpUrl)}</span>
    </span>
  )
}
