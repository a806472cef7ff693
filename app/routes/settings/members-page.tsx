import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { DoneNotice } from '../../components/account/done-notice.tsx'
import { InviteForm } from '../../components/account/invite-form.tsx'
import { InvitationsTable } from '../../components/account/invitations-table.tsx'
import { MembersTable } from '../../components/account/members-table.tsx'
import { OrganizationForm } from '../../components/account/organization-form.tsx'
import { isAdministrator, roleOf } from '../../components/account/roles.ts'
import { requireVisitor } from '../../lib/require-visitor.ts'
import { runIntent, textOf } from '../../lib/run-intent.ts'

export const meta: MetaFunction = () => [{ title: 'Members · Plugboard' }]

const DONE_SENTENCES = {
  renamed: 'The organization’s name is saved.',
  'role-changed': 'The role is changed.',
  removed: 'The member is removed and signed out everywhere.',
  revoked: 'The invitation is taken back; its link no longer works.',
}

const doneWith = (done: keyof typeof DONE_SENTENCES) => redirect(`/app/settings/members?done=${done}`)

export async function loader(args: LoaderFunctionArgs) {
  const { role, organization } = requireVisitor(args)
  const { api } = args.context
  const [members, invitations] = await Promise.all([api.members.list(), isAdministrator(role) ? api.invitations.list() : []])
  return { role, organization, members, invitations }
}

export function action(args: ActionFunctionArgs) {
  requireVisitor(args)
  const { api } = args.context
  return runIntent(args, {
    async 'rename-organization'(form) {
      await api.organization.rename({ name: textOf(form, 'name') })
      return doneWith('renamed')
    },
    async 'change-role'(form) {
      await api.members.changeRole({ id: textOf(form, 'id'), role: roleOf(textOf(form, 'role')) })
      return doneWith('role-changed')
    },
    async 'remove-member'(form) {
      await api.members.remove({ id: textOf(form, 'id') })
      return doneWith('removed')
    },
    async invite(form) {
      const { email, url } = await api.invitations.create({ email: textOf(form, 'email'), role: roleOf(textOf(form, 'role')) })
      return { invited: { email, url }, refusal: undefined }
    },
    async 'revoke-invitation'(form) {
      await api.invitations.revoke({ id: textOf(form, 'id') })
      return doneWith('revoked')
    },
  })
}

export default function MembersPage() {
  const { role, organization, members, invitations } = useLoaderData<typeof loader>()
  const outcome = useActionData<typeof action>()
  const refusal = outcome?.refusal
  const invited = outcome && 'invited' in outcome ? outcome.invited : undefined
  return (
    <>
      <DoneNotice sentences={DONE_SENTENCES} />
      <MembersTable members={members} viewerRole={role} refusal={refusal} />
      {isAdministrator(role) && (
        <>
          <InviteForm viewerRole={role} invited={invited} refusal={refusal} />
          {invitations.length > 0 && <InvitationsTable invitations={invitations} refusal={refusal} />}
          <OrganizationForm name={organization.name} refusal={refusal} />
        </>
      )}
    </>
  )
}
