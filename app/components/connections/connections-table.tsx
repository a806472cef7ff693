import { Link } from '@remix-run/react'
import { useRef } from 'react'
import { CopyId } from '../../ui/copy-id.tsx'
import { RelativeTime } from '../../ui/relative-time.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import { Cell, HeadCell, Row, Table, TableBody, TableHead } from '../../ui/table.tsx'
import { connectionPath, connectionsPath } from '../../lib/connection-paths.ts'
import type { ConnectionView } from './connection-types.ts'
import { MetadataChips } from './metadata-chips.tsx'
import { RowMenu } from './row-menu.tsx'
import { hostOf, ServerLabel } from './server-label.tsx'
import { useRowKeys } from './use-row-keys.ts'

const SHOWN_LABELS = 2

interface RowProps {
  namespace: string
  connection: ConnectionView
}

/** On a narrow screen the first cell says it all, and the other columns are not there. */
function ConnectionRow({ namespace, connection }: RowProps) {
  const { connectionId, name, metadata, lastUsedAt, createdAt, status, mcpUrl } = connection
  const chips = <MetadataChips metadata={metadata} limit={SHOWN_LABELS} listPath={connectionsPath(namespace)} />
  return (
    <Row className="relative">
      <Cell className="w-full max-w-0 max-md:py-2.5 md:min-w-44 md:py-1">
        <div className="flex min-w-0 items-center justify-between gap-3">
          <Link
            to={connectionPath(namespace, connectionId)}
            data-row=""
            className="min-w-0 truncate rounded-xs py-0.5 text-base font-medium after:absolute after:inset-0 hover:text-accent-ink"
          >
            {name}
          </Link>
          <span className="shrink-0 md:hidden">
            <StatusBadge state={status.state} />
          </span>
        </div>
        <CopyId value={connectionId} label="connection id" className="relative text-muted" />
        <div className="mt-1 grid gap-2 md:hidden">
          {chips}
          <p className="flex min-w-0 gap-1.5 text-muted">
            <span className="truncate">{hostOf(mcpUrl)}</span>
            <span aria-hidden="true">·</span>
            <span className="shrink-0">
              used <RelativeTime at={lastUsedAt} never="never" />
            </span>
          </p>
        </div>
      </Cell>
      <Cell className="max-md:hidden">
        <StatusBadge state={status.state} />
      </Cell>
      <Cell className="max-w-44 max-md:hidden">
        <ServerLabel connection={connection} />
      </Cell>
      <Cell className="max-w-64 min-w-44 max-lg:hidden">{chips}</Cell>
      <Cell className="max-md:hidden">
        <RelativeTime at={lastUsedAt} />
      </Cell>
      <Cell className="max-[86rem]:hidden">
        <RelativeTime at={createdAt} />
      </Cell>
      <Cell className="pr-2 pl-0 max-md:align-top">
        <div className="relative flex justify-end">
          <RowMenu namespace={namespace} connection={connection} />
        </div>
      </Cell>
    </Row>
  )
}

export function ConnectionsTable({ namespace, connections }: { namespace: string; connections: readonly ConnectionView[] }) {
  const body = useRef<HTMLDivElement>(null)
  useRowKeys(body)
  return (
    <div ref={body} className="min-w-0 rounded-lg border border-line bg-surface">
      <Table label="Connections, newest first">
        <TableHead>
          <HeadCell>Connection</HeadCell>
          <HeadCell className="max-md:hidden">Status</HeadCell>
          <HeadCell className="max-md:hidden">Server</HeadCell>
          <HeadCell className="max-lg:hidden">Metadata</HeadCell>
          <HeadCell className="max-md:hidden">Last used</HeadCell>
          <HeadCell className="max-[86rem]:hidden">Created</HeadCell>
          <HeadCell hiddenLabel="Actions" className="pr-2 pl-0" />
        </TableHead>
        <TableBody>
          {connections.map((connection) => (
            <ConnectionRow key={connection.connectionId} namespace={namespace} connection={connection} />
          ))}
        </TableBody>
      </Table>
    </div>
  )
}
