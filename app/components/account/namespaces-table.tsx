import { Card } from '../../ui/card.tsx'
import { CopyId } from '../../ui/copy-id.tsx'
import { LinkButton } from '../../ui/link-button.tsx'
import { RelativeTime } from '../../ui/relative-time.tsx'
import { Cell, HeadCell, Row, Table, TableBody, TableHead } from '../../ui/table.tsx'

export interface NamespacesTableProps {
  namespaces: readonly { name: string; createdAt: string }[]
  canChange: boolean
}

export function NamespacesTable({ namespaces, canChange }: NamespacesTableProps) {
  return (
    <Card flush>
      {namespaces.length === 0 ? (
        <p className="p-4 text-muted">There is none{canChange ? ': create one below.' : '. An owner or admin can create one.'}</p>
      ) : (
        <Table label="Namespaces">
          <TableHead>
            <HeadCell>Name</HeadCell>
            <HeadCell className="max-sm:hidden">Created</HeadCell>
            <HeadCell hiddenLabel="Actions" />
          </TableHead>
          <TableBody>
            {namespaces.map(({ name, createdAt }) => (
              <Row key={name}>
                <Cell>
                  <CopyId value={name} label="the namespace’s name" />
                </Cell>
                <Cell className="max-sm:hidden">
                  <RelativeTime at={createdAt} />
                </Cell>
                <Cell align="end">
                  <span className="inline-flex items-center gap-2">
                    <LinkButton to={`/app/${encodeURIComponent(name)}`} size="sm" variant="quiet" aria-label={`Open ${name}`}>
                      Open
                    </LinkButton>
                    {canChange && (
                      <LinkButton
                        to={`?delete=${encodeURIComponent(name)}`}
                        preventScrollReset
                        size="sm"
                        variant="quiet"
                        aria-label={`Delete ${name}`}
                      >
                        Delete
                      </LinkButton>
                    )}
                  </span>
                </Cell>
              </Row>
            ))}
          </TableBody>
        </Table>
      )}
    </Card>
  )
}
