import { Link } from '@remix-run/react'
import { RelativeTime } from '../../ui/relative-time.tsx'
import { Cell, HeadCell, Row, Table, TableBody, TableHead } from '../../ui/table.tsx'
import { actionWords } from './action-words.ts'
import { auditPath, type AuditSearch } from './audit-search.ts'
import type { AuditEntry } from './audit-types.ts'
import { EntryFacts } from './entry-facts.tsx'
import { ResultBadge } from './result-badge.tsx'

const KINDS: Readonly<Record<AuditEntry['actor']['kind'], string>> = {
  api_key: 'API key',
  service_token: 'Service token',
  member: 'Member',
  person: 'Somebody with a link or an address',
  system: 'Plugboard',
}

function Actor({ actor: { kind, id, name }, search }: { actor: AuditEntry['actor']; search: AuditSearch }) {
  if (id === '') return <span className="text-muted">{KINDS[kind]}</span>
  return (
    <span className="flex min-w-0 items-baseline gap-2">
      <Link to={auditPath({ ...search, actor: id })} title={`Only what ${id} did`} className="link truncate">
        {name ?? id}
      </Link>
      <span className="shrink-0 text-tiny text-muted">{KINDS[kind]}</span>
    </span>
  )
}

function Target({ entry: { target, namespace }, search }: { entry: AuditEntry; search: AuditSearch }) {
  if (!target) return <span className="text-muted">–</span>
  return (
    <span className="flex min-w-0 items-baseline gap-2">
      <Link to={auditPath({ ...search, target: target.id })} title={`Only what was done to ${target.id}`} className="link truncate font-mono text-code">
        {target.id}
      </Link>
      {namespace !== null && namespace !== target.id && <span className="shrink-0 text-tiny text-muted">in {namespace}</span>}
    </span>
  )
}

/** Names lead to what else there is about them; the rest of an entry opens under what was done. */
export function AuditTable({ entries, search }: { entries: readonly AuditEntry[]; search: AuditSearch }) {
  return (
    <Table label="Audit log, newest first">
      <TableHead>
        <HeadCell>When</HeadCell>
        <HeadCell>Who</HeadCell>
        <HeadCell>What</HeadCell>
        <HeadCell>To what</HeadCell>
        <HeadCell>Outcome</HeadCell>
      </TableHead>
      <TableBody>
        {entries.map((entry) => (
          <Row key={entry.seq} className="align-top">
            <Cell className="py-3">
              <RelativeTime at={entry.at} />
            </Cell>
            <Cell className="max-w-56 py-3">
              <Actor actor={entry.actor} search={search} />
            </Cell>
            <Cell className="min-w-64 py-3">
              <details>
                <summary className="cursor-pointer">{actionWords(entry.action)}</summary>
                <EntryFacts entry={entry} />
              </details>
            </Cell>
            <Cell className="max-w-64 py-3">
              <Target entry={entry} search={search} />
            </Cell>
            <Cell className="py-3">
              <ResultBadge result={entry.result} />
            </Cell>
          </Row>
        ))}
      </TableBody>
    </Table>
  )
}
