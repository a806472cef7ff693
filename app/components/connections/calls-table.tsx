import { Badge } from '../../ui/badge.tsx'
import { CopyId } from '../../ui/copy-id.tsx'
import { RelativeTime } from '../../ui/relative-time.tsx'
import { Cell, HeadCell, Row, Table, TableBody, TableHead } from '../../ui/table.tsx'
import { formatDuration } from '../../lib/format-number.ts'
import type { RecentCall } from './connection-types.ts'

function Caller({ caller: { kind, id, name } }: Pick<RecentCall, 'caller'>) {
  return (
    <span className="flex min-w-0 items-baseline gap-2" title={id}>
      <span className="truncate">{name ?? (kind === 'member' ? 'A former member' : 'A deleted key')}</span>
      <span className="shrink-0 text-tiny text-muted">{kind === 'member' ? 'Member' : 'API key'}</span>
    </span>
  )
}

function Outcome({ failed, code }: Pick<RecentCall, 'failed' | 'code'>) {
  // What went well is the rule, and quiet: what failed must be found at a glance.
  if (!failed) return <span className="text-muted">Answered</span>
  return (
    <span className="inline-flex items-center gap-2 whitespace-nowrap">
      <Badge tone="bad">Failed</Badge>
      {code === null ? <span className="text-muted">the tool said so</span> : <code className="font-mono text-code">{code}</code>}
    </span>
  )
}

export function CallsTable({ calls }: { calls: readonly RecentCall[] }) {
  return (
    <Table label="Recent calls, newest first">
      <TableHead>
        <HeadCell>When</HeadCell>
        <HeadCell>Tool</HeadCell>
        <HeadCell>Outcome</HeadCell>
        <HeadCell align="end">Took</HeadCell>
        <HeadCell>Caller</HeadCell>
        <HeadCell>Request id</HeadCell>
      </TableHead>
      <TableBody>
        {calls.map(({ at, tool, durationMs, failed, code, caller, requestId }) => (
          <Row key={`${requestId} ${at} ${tool}`}>
            <Cell>
              <RelativeTime at={at} />
            </Cell>
            <Cell className="max-w-64 truncate font-mono text-code" title={tool}>
              {tool}
            </Cell>
            <Cell>
              <Outcome failed={failed} code={code} />
            </Cell>
            <Cell align="end" className="whitespace-nowrap">
              {formatDuration(durationMs)}
            </Cell>
            <Cell className="max-w-56">
              <Caller caller={caller} />
            </Cell>
            <Cell className="max-w-40">
              <CopyId value={requestId} label="request id" />
            </Cell>
          </Row>
        ))}
      </TableBody>
    </Table>
  )
}
