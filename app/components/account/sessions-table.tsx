import { nameBrowser } from '../../lib/name-browser.ts'
import type { Refusal } from '../../lib/run-intent.ts'
import { Badge } from '../../ui/badge.tsx'
import { Card } from '../../ui/card.tsx'
import { RelativeTime } from '../../ui/relative-time.tsx'
import { Cell, HeadCell, Row, Table, TableBody, TableHead } from '../../ui/table.tsx'
import { ConfirmIntent } from './confirm-intent.tsx'
import { IntentProblem } from './intent-problem.tsx'

export interface SessionRow {
  handle: string
  current: boolean
  createdAt: string
  lastSeenAt: string
  userAgent: string
  address: string
}

export interface SessionsTableProps {
  sessions: readonly SessionRow[]
  refusal: Refusal | undefined
}

export function SessionsTable({ sessions, refusal }: SessionsTableProps) {
  const hasOthers = sessions.some(({ current }) => !current)
  return (
    <Card
      flush
      title="Signed in"
      description="The browsers in which you are signed in. Revoke what you do not recognise, and change your password."
      actions={
        hasOthers && (
          <ConfirmIntent
            intent="revoke-other-sessions"
            label="Sign out all others"
            title="Sign out all other browsers?"
            description="Each of them has to sign in again, with your password."
            confirmLabel="Sign them out"
          >
            Sign out all others
          </ConfirmIntent>
        )
      }
    >
      <IntentProblem refusal={refusal} intents={['revoke-session', 'revoke-other-sessions']} />
      <Table label="Sessions">
        <TableHead>
          <HeadCell>Browser</HeadCell>
          <HeadCell className="max-sm:hidden">Address</HeadCell>
          <HeadCell className="max-sm:hidden">Signed in</HeadCell>
          <HeadCell>Last seen</HeadCell>
          <HeadCell hiddenLabel="Actions" />
        </TableHead>
        <TableBody>
          {sessions.map(({ handle, current, createdAt, lastSeenAt, userAgent, address }) => (
            <Row key={handle}>
              <Cell>
                <span title={userAgent} className="flex flex-wrap items-center gap-x-2 whitespace-nowrap">
                  {nameBrowser(userAgent)}
                  {current && <Badge tone="good">This browser</Badge>}
                </span>
                <code className="block font-mono text-code text-muted sm:hidden">{address}</code>
              </Cell>
              <Cell className="max-sm:hidden">
                <code className="font-mono text-code">{address}</code>
              </Cell>
              <Cell className="max-sm:hidden">
                <RelativeTime at={createdAt} />
              </Cell>
              <Cell>
                <RelativeTime at={lastSeenAt} />
              </Cell>
              <Cell align="end">
                {!current && (
                  <ConfirmIntent
                    intent="revoke-session"
                    id={handle}
                    label={`Sign out ${nameBrowser(userAgent)}`}
                    title={`Sign out ${nameBrowser(userAgent)}?`}
                    description={`The browser at ${address} has to sign in again, with your password.`}
                    confirmLabel="Sign it out"
                  >
                    Sign out
                  </ConfirmIntent>
                )}
              </Cell>
            </Row>
          ))}
        </TableBody>
      </Table>
    </Card>
  )
}
