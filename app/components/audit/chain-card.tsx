import { formatAbsolute } from '../../lib/format-time.ts'
import { Card } from '../../ui/card.tsx'
import { LinkButton } from '../../ui/link-button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { auditPath, type AuditSearch } from './audit-search.ts'
import type { AuditVerdict } from './audit-types.ts'

function Verdict({ verdict: { whole, entries, since, problems } }: { verdict: AuditVerdict }) {
  if (whole) {
    return (
      <Notice tone="good" title="The chain is whole">
        {entries === 1 ? 'Its one entry is' : `All ${entries} entries are`} as written{since !== null && `, since ${formatAbsolute(since)}`}.
      </Notice>
    )
  }
  return (
    <Notice tone="bad" title="The chain is broken: somebody changed the database">
      <ul className="list-disc pl-5">
        {problems.map((problem) => (
          <li key={problem}>{problem}</li>
        ))}
      </ul>
    </Notice>
  )
}

/** Whether the log is what was written. Looked at when asked: it means reading all of it. */
export function ChainCard({ verdict, search }: { verdict: AuditVerdict | undefined; search: AuditSearch }) {
  return (
    <Card
      title="Integrity"
      description="Each entry seals the one before it, so one that is changed, moved or removed shows."
      actions={
        <LinkButton size="sm" to={auditPath(search, { verify: '1' })} preventScrollReset>
          {verdict ? 'Verify again' : 'Verify the chain'}
        </LinkButton>
      }
    >
      {verdict ? <Verdict verdict={verdict} /> : <p className="text-muted text-pretty">Not looked at now. On the server, npm run audit verify does the same for every organization.</p>}
    </Card>
  )
}
