import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { DeleteNamespace } from '../../components/account/delete-namespace.tsx'
import { DoneNotice } from '../../components/account/done-notice.tsx'
import { NamespaceForm } from '../../components/account/namespace-form.tsx'
import { NamespacesTable } from '../../components/account/namespaces-table.tsx'
import { isAdministrator } from '../../components/account/roles.ts'
import { requireVisitor } from '../../lib/require-visitor.ts'
import { refuseField, runIntent, textOf } from '../../lib/run-intent.ts'

export const meta: MetaFunction = () => [{ title: 'Namespaces · Plugboard' }]

const DONE_SENTENCES = {
  created: 'The namespace is there.',
  deleted: 'The namespace is deleted, with every connection that was in it.',
}

const doneWith = (done: keyof typeof DONE_SENTENCES) => redirect(`/app/settings/namespaces?done=${done}`)

/** `?delete=<name>` asks whether that one shall really go. */
export async function loader(args: LoaderFunctionArgs) {
  const { role } = requireVisitor(args)
  const { api } = args.context
  const namespaces = await api.namespaces.list()
  const asked = new URL(args.request.url).searchParams.get('delete')
  const going = isAdministrator(role) ? namespaces.find(({ name }) => name === asked) : undefined
  const toDelete = going && { name: going.name, connections: (await api.connections.summary({ namespace: going.name })).total }
  return { role, namespaces, toDelete }
}

export function action(args: ActionFunctionArgs) {
  requireVisitor(args)
  const { api } = args.context
  return runIntent(args, {
    async 'create-namespace'(form) {
      const name = textOf(form, 'name').trim()
      await (name === '' ? api.namespaces.create() : api.namespaces.ensure({ name }))
      return doneWith('created')
    },
    async 'delete-namespace'(form) {
      const name = textOf(form, 'id')
      if (textOf(form, 'confirmation').trim() !== name) return refuseField(args.context, form, 'confirmation', `Type ${name} to delete it.`)
      await api.namespaces.remove({ name })
      return doneWith('deleted')
    },
  })
}

export default function NamespacesPage() {
  const { role, namespaces, toDelete } = useLoaderData<typeof loader>()
  const refusal = useActionData<typeof action>()?.refusal
  return (
    <>
      <DoneNotice sentences={DONE_SENTENCES} />
      {toDelete && <DeleteNamespace {...toDelete} refusal={refusal} />}
      <NamespacesTable namespaces={namespaces} canChange={isAdministrator(role)} />
      {isAdministrator(role) && <NamespaceForm key={namespaces.length} refusal={refusal} />}
    </>
  )
}
