import { type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import ScrollText from 'lucide-react/icons/scroll-text'
import { isAdministrator } from '../../components/account/roles.ts'
import { AuditFilters } from '../../components/audit/audit-filters.tsx'
import { auditPath, filterOf, readAuditSearch } from '../../components/audit/audit-search.ts'
import { AuditTable } from '../../components/audit/audit-table.tsx'
import { ChainCard } from '../../components/audit/chain-card.tsx'
import { ExportLinks } from '../../components/audit/export-links.tsx'
import { requireVisitor } from '../../lib/require-visitor.ts'
import { Card } from '../../ui/card.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { LinkButton } from '../../ui/link-button.tsx'

export const meta: MetaFunction = () => [{ title: 'Audit log · Plugboard' }]

export async function loader(args: LoaderFunctionArgs) {
  const { role } = requireVisitor(args)
  if (!isAdministrator(role)) throw redirect('/app/settings/account')
  const { audit } = args.context.api
  const query = new URL(args.request.url).searchParams
  const search = readAuditSearch(query)
  const cursor = query.get('cursor') ?? undefined
  const page = await audit.list({ ...filterOf(search), ...(cursor !== undefined && { cursor }) })
  return { search, page, isFirst: cursor === undefined, verdict: query.get('verify') === '1' ? await audit.verify() : undefined }
}

export default function AuditPage() {
  const { search, page, isFirst, verdict } = useLoaderData<typeof loader>()
  const { entries, nextCursor } = page
  return (
    <>
      <AuditFilters search={search} />
      <Card flush title="Entries" description="Newest first. Successful calls are usage, and not in here." actions={<ExportLinks search={search} />}>
        {entries.length === 0 ? (
          <EmptyState icon={ScrollText} title="No entry matches">
            <p>What changes something, what is refused, and who signs in is written down here as it happens.</p>
          </EmptyState>
        ) : (
          <AuditTable entries={entries} search={search} />
        )}
      </Card>
      {(!isFirst || nextCursor !== undefined) && (
        <nav aria-label="Pages" className="flex justify-end gap-2">
          {!isFirst && (
            <LinkButton to={auditPath(search)} size="sm">
              First page
            </LinkButton>
          )}
          {nextCursor !== undefined && (
            <LinkButton to={auditPath(search, { cursor: nextCursor })} size="sm" rel="next">
              Next page
            </LinkButton>
          )}
        </nav>
      )}
      <ChainCard verdict={verdict} search={search} />
    </>
  )
}
