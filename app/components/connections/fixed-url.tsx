import { Link } from '@remix-run/react'

/** A connection keeps its server: its sealed credential is bound to that address. */
export function FixedUrl({ mcpUrl, addPath }: { mcpUrl: string; addPath: string }) {
  return (
    <div className="grid gap-1.5">
      <p className="font-medium">Server URL</p>
      <p className="font-mono text-code wrap-anywhere select-all">{mcpUrl}</p>
      <p className="text-small text-muted text-pretty">
        A connection keeps its server, because its credential is sealed for that address. For another one,{' '}
        <Link to={addPath} className="link">
          add a connection
        </Link>
        .
      </p>
    </div>
  )
}
