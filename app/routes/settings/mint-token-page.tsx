import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { useState } from 'react'
import { isAdministrator } from '../../components/account/roles.ts'
import { MintForm, type Tried } from '../../components/tokens/mint-form.tsx'
import { MintedToken } from '../../components/tokens/minted-token.tsx'
import { readPolicyText } from '../../components/tokens/policy-text.ts'
import { lastNamespaceOf } from '../../lib/namespace-cookie.ts'
import { requireVisitor } from '../../lib/require-visitor.ts'
import { refuseField, runIntent, textOf } from '../../lib/run-intent.ts'
import { tokensPath } from '../../lib/token-snippets.ts'
import { PageHeader } from '../../ui/page-header.tsx'

export const meta: MetaFunction = () => [{ title: 'Mint service token · Plugboard' }]

export async function loader(args: LoaderFunctionArgs) {
  const { role } = requireVisitor(args)
  const { api, publicUrl } = args.context
  const namespaces = (await api.namespaces.list()).map(({ name }) => name)
  const last = lastNamespaceOf(args.request, namespaces)
  if (last === undefined) throw redirect('/app/settings/namespaces')
  return { namespaces, last, publicUrl, canList: isAdministrator(role) }
}

export function action(args: ActionFunctionArgs) {
  requireVisitor(args)
  return runIntent(args, {
    async 'mint-token'(form) {
      const read = readPolicyText(textOf(form, 'policy'))
      if ('problem' in read) return refuseField(args.context, form, 'policy', read.problem)
      const name = textOf(form, 'name').trim()
      const made = await args.context.api.tokens.mint({ policy: read.grants, ttl: textOf(form, 'ttl'), ...(name !== '' && { name }) })
      return { made, refusal: undefined }
    },
  })
}

export default function MintTokenPage() {
  const { namespaces, last, publicUrl, canList } = useLoaderData<typeof loader>()
  const outcome = useActionData<typeof action>()
  const [tried, setTried] = useState<Tried>({ namespace: last, call: undefined })
  const made = outcome && 'made' in outcome ? outcome.made : undefined
  return (
    <>
      <PageHeader
        title="Mint service token"
        description="A part of what you may do, for at most a day. It never reaches further than you do at that moment."
        breadcrumbs={canList ? [{ to: tokensPath, label: 'Service tokens' }] : []}
      />
      {made ? (
        <MintedToken {...made} {...tried} publicUrl={publicUrl} canList={canList} />
      ) : (
        <MintForm namespaces={namespaces} namespace={last} refusal={outcome?.refusal} onMint={setTried} />
      )}
    </>
  )
}
