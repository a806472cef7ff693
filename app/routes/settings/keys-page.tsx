import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { DoneNotice } from '../../components/account/done-notice.tsx'
import { expiryOf } from '../../components/account/key-expiries.ts'
import { readKeyLimits } from '../../components/account/key-limits.ts'
import { KeyForm } from '../../components/account/key-form.tsx'
import { KeysTable } from '../../components/account/keys-table.tsx'
import { NewKey } from '../../components/account/new-key.tsx'
import { isAdministrator } from '../../components/account/roles.ts'
import { currentTime } from '../../lib/clock.ts'
import { requireVisitor } from '../../lib/require-visitor.ts'
import { refuseField, runIntent, textOf } from '../../lib/run-intent.ts'

export const meta: MetaFunction = () => [{ title: 'API keys · Plugboard' }]

const DONE_SENTENCES = { revoked: 'The key is revoked. Calls with it are refused.' }

export async function loader(args: LoaderFunctionArgs) {
  const { role } = requireVisitor(args)
  if (!isAdministrator(role)) throw redirect('/app/settings/account')
  return { keys: await args.context.api.keys.list() }
}

export function action(args: ActionFunctionArgs) {
  requireVisitor(args)
  const { api, publicUrl } = args.context
  return runIntent(args, {
    async 'create-key'(form) {
      if (form.has('made') && String((await api.keys.list()).length) !== textOf(form, 'made')) {
        return refuseField(args.context, form, 'name', 'This form was sent before, or somebody else made a key meanwhile: look below. To make another, send it again.')
      }
      const expiresAt = expiryOf(textOf(form, 'expiry'), currentTime())
      const limits = readKeyLimits((field) => textOf(form, field))
      const { id, name, key } = await api.keys.create({ name: textOf(form, 'name'), ...(expiresAt !== undefined && { expiresAt }), ...limits })
      return { made: { id, name, key, publicUrl }, refusal: undefined }
    },
    async 'revoke-key'(form) {
      await api.keys.revoke({ id: textOf(form, 'id') })
      return redirect('/app/settings/keys?done=revoked')
    },
  })
}

export default function KeysPage() {
  const { keys } = useLoaderData<typeof loader>()
  const outcome = useActionData<typeof action>()
  const made = outcome && 'made' in outcome ? outcome.made : undefined
  return (
    <>
      <DoneNotice sentences={DONE_SENTENCES} />
      {made && <NewKey made={made} />}
      <KeyForm key={made?.id} made={keys.length} refusal={outcome?.refusal} />
      <KeysTable keys={keys} refusal={outcome?.refusal} />
    </>
  )
}
