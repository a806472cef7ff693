import { type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import Plus from 'lucide-react/icons/plus'
import { readFilter } from '../../components/connections/connection-filter.ts'
import { connectionsPath } from '../../lib/connection-paths.ts'
import { ConnectionsTable } from '../../components/connections/connections-table.tsx'
import { FilterBar } from '../../components/connections/filter-bar.tsx'
import { FilterChips } from '../../components/connections/filter-chips.tsx'
import { findConnections } from '../../components/connections/find-connections.ts'
import { NoConnections } from '../../components/connections/no-connections.tsx'
import { NoMatch } from '../../components/connections/no-match.tsx'
import { PageLinks } from '../../components/connections/page-links.tsx'
import { RemovedNotice } from '../../components/connections/removed-notice.tsx'
import { readState, searchPath } from '../../components/connections/search-path.ts'
import { requireVisitor } from '../../lib/require-visitor.ts'
import { Card } from '../../ui/card.tsx'
import { LinkButton } from '../../ui/link-button.tsx'
import { PageHeader } from '../../ui/page-header.tsx'

export const meta: MetaFunction = () => [{ title: 'Connections · Plugboard' }]

export async function loader(args: LoaderFunctionArgs) {
  requireVisitor(args)
  const { context, params, request } = args
  const namespace = params.namespace ?? ''
  const { searchParams } = new URL(request.url)
  const search = { terms: readFilter(searchParams.get('q') ?? ''), state: readState(searchParams.get('state')) }
  const cursor = searchParams.get('cursor') ?? undefined
  const found = await findConnections(context.api, { namespace, ...search, cursor }).catch((error: unknown) => {
    // A cursor of yesterday, or half of one: the list still has a beginning.
    if (context.explain(error)?.field === 'cursor') throw redirect(connectionsPath(namespace) + searchPath(search).replace(/^\.$/, ''))
    throw error
  })
  const isFiltered = search.terms.length > 0 || search.state !== undefined
  const isEmpty = found.connections.length === 0 && !isFiltered && cursor === undefined
  return {
    namespace,
    ...search,
    ...found,
    isFirstPage: cursor === undefined,
    removed: searchParams.get('removed') ?? undefined,
    publicUrl: isEmpty ? context.publicUrl : undefined,
  }
}

export default function ConnectionsPage() {
  const { namespace, terms, state, connections, nextCursor, isFirstPage, removed, publicUrl } = useLoaderData<typeof loader>()
  const listPath = connectionsPath(namespace)
  return (
    <>
      <PageHeader
        title="Connections"
        description="MCP servers, each as one of your users or your app uses it."
        // An empty list has the button in its middle.
        actions={
          publicUrl === undefined ? (
            <LinkButton to={`${listPath}/new`} variant="primary" icon={Plus}>
              Add connection
            </LinkButton>
          ) : undefined
        }
      />
      <div className="grid min-w-0 gap-4">
        {removed !== undefined && <RemovedNotice namespace={namespace} connectionId={removed} />}
        {publicUrl === undefined ? (
          <>
            <FilterBar listPath={listPath} terms={terms} state={state} />
            <FilterChips terms={terms} state={state} />
            {connections.length > 0 ? (
              <>
                <ConnectionsTable namespace={namespace} connections={connections} />
                <PageLinks
                  shown={connections.length}
                  isFirst={isFirstPage}
                  firstPath={searchPath({ terms, state })}
                  nextPath={nextCursor === null ? undefined : searchPath({ terms, state, cursor: nextCursor })}
                />
              </>
            ) : (
              <Card>
                <NoMatch terms={terms} />
              </Card>
            )}
          </>
        ) : (
          <Card>
            <NoConnections namespace={namespace} publicUrl={publicUrl} />
          </Card>
        )}
      </div>
    </>
  )
}
