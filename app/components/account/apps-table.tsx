import type { Refusal } from '../../lib/run-intent.ts'
import { Card } from '../../ui/card.tsx'
import { RelativeTime } from '../../ui/relative-time.tsx'
import { Cell, HeadCell, Row, Table, TableBody, TableHead } from '../../ui/table.tsx'
import { ConfirmIntent } from './confirm-intent.tsx'
import { IntentProblem } from './intent-problem.tsx'

export interface AppRow {
  id: string
  clientName: string
  clientHost: string | null
  redirectHost: string
  namespace: string
  connectionIds: readonly string[]
  metadata: readonly { key: string; value: string }[]
  createdAt: string
  lastUsedAt: string
}

const mayUse = ({ connectionIds, metadata }: AppRow): string => [...connectionIds, ...metadata.map(({ key, value }) => `${key}: ${value}`)].join(', ')

export function AppsTable({ apps, refusal }: { apps: readonly AppRow[]; refusal: Refusal | undefined }) {
  return (
    <Card flush title="Apps" description="MCP clients that you let in. They act as you, with what you picked, until you end it or 30 days after their last use.">
      <IntentProblem refusal={refusal} intents={['end-app']} />
      {apps.length === 0 ? (
        <p className="p-4 text-muted">No app has access. Add a namespace’s address to an MCP client, and it asks you here.</p>
      ) : (
        <Table label="Apps">
          <TableHead>
            <HeadCell>App</HeadCell>
            <HeadCell>May use</HeadCell>
            <HeadCell className="max-sm:hidden">Since</HeadCell>
            <HeadCell className="max-sm:hidden">Last use</HeadCell>
            <HeadCell hiddenLabel="Actions" />
          </TableHead>
          <TableBody>
            {apps.map((app) => (
              <Row key={app.id}>
                <Cell>
                  <span className="block font-medium wrap-anywhere">{app.clientName}</span>
                  <span className="block text-small text-muted wrap-anywhere">{[app.clientHost, app.redirectHost].filter((host) => host !== null).join(' · ')}</span>
                </Cell>
                <Cell>
                  <span className="block wrap-anywhere">{app.namespace}</span>
                  <span className="block text-small text-muted wrap-anywhere">{mayUse(app)}</span>
                </Cell>
                <Cell className="max-sm:hidden">
                  <RelativeTime at={app.createdAt} />
                </Cell>
                <Cell className="max-sm:hidden">
                  <RelativeTime at={app.lastUsedAt} />
                </Cell>
                <Cell align="end">
                  <ConfirmIntent
                    intent="end-app"
                    id={app.id}
                    label={`End the access of ${app.clientName}`}
                    title={`End the access of ${app.clientName}?`}
                    description="Its tokens stop working at once. It can ask you again."
                    confirmLabel="End it"
                  >
                    End
                  </ConfirmIntent>
                </Cell>
              </Row>
            ))}
          </TableBody>
        </Table>
      )}
    </Card>
  )
}
