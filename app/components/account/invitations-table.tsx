import type { MemberRole } from '../../lib/load-context.ts'
import type { Refusal } from '../../lib/run-intent.ts'
import { Card } from '../../ui/card.tsx'
import { RelativeTime } from '../../ui/relative-time.tsx'
import { Cell, HeadCell, Row, Table, TableBody, TableHead } from '../../ui/table.tsx'
import { ConfirmIntent } from './confirm-intent.tsx'
import { IntentProblem } from './intent-problem.tsx'
import { ROLES } from './roles.ts'

export interface InvitationRow {
  id: string
  email: string
  role: MemberRole
  invitedBy: string | null
  createdAt: string
  expiresAt: string
}

export interface InvitationsTableProps {
  invitations: readonly InvitationRow[]
  refusal: Refusal | undefined
}

export function InvitationsTable({ invitations, refusal }: InvitationsTableProps) {
  return (
    <Card flush title="Open invitations" description="Links that were not used yet. A lost one is replaced by a new one.">
      <IntentProblem refusal={refusal} intents={['revoke-invitation']} />
      <Table label="Open invitations">
        <TableHead>
          <HeadCell>Email</HeadCell>
          <HeadCell className="max-sm:hidden">Role</HeadCell>
          <HeadCell className="max-sm:hidden">Invited by</HeadCell>
          <HeadCell className="max-sm:hidden">Invited</HeadCell>
          <HeadCell>Expires</HeadCell>
          <HeadCell hiddenLabel="Actions" />
        </TableHead>
        <TableBody>
          {invitations.map(({ id, email, role, invitedBy, createdAt, expiresAt }) => (
            <Row key={id}>
              <Cell className="w-full max-w-0 min-w-32 sm:min-w-60">
                <p className="truncate" title={email}>
                  {email}
                </p>
                <p className="text-muted sm:hidden">{ROLES[role].label}</p>
              </Cell>
              <Cell className="max-sm:hidden">{ROLES[role].label}</Cell>
              <Cell className="max-sm:hidden">{invitedBy ?? <span className="text-muted">A former member</span>}</Cell>
              <Cell className="max-sm:hidden">
                <RelativeTime at={createdAt} />
              </Cell>
              <Cell>
                <RelativeTime at={expiresAt} />
              </Cell>
              <Cell align="end">
                <ConfirmIntent
                  intent="revoke-invitation"
                  id={id}
                  label={`Revoke the invitation of ${email}`}
                  title="Take this invitation back?"
                  description={`The link for ${email} stops working.`}
                  confirmLabel="Revoke invitation"
                >
                  Revoke
                </ConfirmIntent>
              </Cell>
            </Row>
          ))}
        </TableBody>
      </Table>
    </Card>
  )
}
