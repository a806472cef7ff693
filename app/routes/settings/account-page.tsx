import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { AppsTable } from '../../components/account/apps-table.tsx'
import { DoneNotice } from '../../components/account/done-notice.tsx'
import { PasswordForm } from '../../components/account/password-form.tsx'
import { ProfileForm } from '../../components/account/profile-form.tsx'
import { SessionsTable } from '../../components/account/sessions-table.tsx'
import { requireVisitor } from '../../lib/require-visitor.ts'
import { runIntent, textOf } from '../../lib/run-intent.ts'

export const meta: MetaFunction = () => [{ title: 'Account · Plugboard' }]

const DONE_SENTENCES = {
  renamed: 'Your name is saved.',
  password: 'Your password is changed. Other browsers are signed out.',
  revoked: 'That browser is signed out.',
  'app-ended': 'That app has no access any more.',
  'others-revoked': 'All other browsers are signed out.',
}

const doneWith = (done: keyof typeof DONE_SENTENCES, headers?: HeadersInit) => redirect(`/app/settings/account?done=${done}`, { headers })

export async function loader(args: LoaderFunctionArgs) {
  requireVisitor(args)
  const { api } = args.context
  const [account, sessions, apps] = await Promise.all([api.account.get(), api.account.sessions(), api.account.apps()])
  return { account, sessions, apps }
}

export function action(args: ActionFunctionArgs) {
  requireVisitor(args)
  const { api, account } = args.context
  return runIntent(args, {
    async rename(form) {
      await api.account.rename({ name: textOf(form, 'name') })
      return doneWith('renamed')
    },
    async 'change-password'(form) {
      const { setCookie } = await account.changePassword({ current: textOf(form, 'current'), next: textOf(form, 'next') })
      return doneWith('password', { 'Set-Cookie': setCookie })
    },
    async 'revoke-session'(form) {
      await api.account.revokeSession({ handle: textOf(form, 'id') })
      return doneWith('revoked')
    },
    async 'end-app'(form) {
      await api.account.endApp({ id: textOf(form, 'id') })
      return doneWith('app-ended')
    },
    async 'revoke-other-sessions'() {
      await api.account.revokeOtherSessions()
      return doneWith('others-revoked')
    },
  })
}

export default function AccountPage() {
  const { account, sessions, apps } = useLoaderData<typeof loader>()
  const refusal = useActionData<typeof action>()?.refusal
  return (
    <>
      <DoneNotice sentences={DONE_SENTENCES} />
      <ProfileForm account={account} refusal={refusal} />
      <PasswordForm email={account.email} refusal={refusal} />
      <AppsTable apps={apps} refusal={refusal} />
      <SessionsTable sessions={sessions} refusal={refusal} />
    </>
  )
}
