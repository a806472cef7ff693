import type { MemberRole } from '../../lib/load-context.ts'
import type { Refusal } from '../../lib/run-intent.ts'
import { Badge } from '../../ui/badge.tsx'
import { Card } from '../../ui/card.tsx'
import { Monogram } from '../../ui/monogram.tsx'
import { RelativeTime } from '../../ui/relative-time.tsx'
import { Cell, HeadCell, Row, Table, TableBody, TableHead } from '../../ui/table.tsx'
import { ConfirmIntent } from './confirm-intent.tsx'
import { IntentProblem } from './intent-problem.tsx'
import { RoleForm } from './role-form.tsx'
import { isAdministrator, ROLES, rolesToGive } from './roles.ts'

export interface MemberRow {
  id: string
  name: string
  email: string
  role: MemberRole
  createdAt: string
  lastSignedInAt: string | null
  isYou: boolean
}

export interface MembersTableProps {
  members: readonly MemberRow[]
  viewerRole: MemberRole
  refusal: Refusal | undefined
}

const INTENTS = ['change-role', 'remove-member']

export function MembersTable({ members, viewerRole, refusal }: MembersTableProps) {
  const canChange = (member: MemberRow) => isAdministrator(viewerRole) && rolesToGive(viewerRole).includes(member.role)
  return (
    <Card flush>
      <IntentProblem refusal={refusal} intents={INTENTS} />
      <Table label="Members">
        <TableHead>
          <HeadCell>Name</HeadCell>
          <HeadCell>Role</HeadCell>
          <HeadCell className="max-sm:hidden">Joined</HeadCell>
          <HeadCell className="max-sm:hidden">Last signed in</HeadCell>
          <HeadCell hiddenLabel="Actions" />
        </TableHead>
        <TableBody>
          {members.map((member) => (
            <Row key={member.id}>
              <Cell className="w-full max-w-0 min-w-32 sm:min-w-60">
                <div className="flex items-center gap-3">
                  <Monogram name={member.name} className="max-sm:hidden" />
                  <div className="min-w-0">
                    <p className="flex flex-wrap items-center gap-x-2 font-medium wrap-break-word">
                      {member.name}
                      {member.isYou && <Badge tone="accent">You</Badge>}
                    </p>
                    <p className="truncate text-muted" title={member.email}>
                      {member.email}
                    </p>
                  </div>
                </div>
              </Cell>
              <Cell>{canChange(member) && !member.isYou ? <RoleForm member={member} viewerRole={viewerRole} /> : ROLES[member.role].label}</Cell>
              <Cell className="max-sm:hidden">
                <RelativeTime at={member.createdAt} />
              </Cell>
              <Cell className="max-sm:hidden">
                <RelativeTime at={member.lastSignedInAt} />
              </Cell>
              <Cell align="end">
                {canChange(member) && !member.isYou && (
                  <ConfirmIntent
                    intent="remove-member"
                    id={member.id}
                    label={`Remove ${member.name}`}
                    title={`Remove ${member.name}?`}
                    description="They are signed out everywhere and can sign in no more. Connections, namespaces and API keys that they made stay."
                    confirmLabel="Remove member"
                  >
                    Remove
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
