import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { type ShouldRevalidateFunction, useActionData, useLoaderData } from '@remix-run/react'
import { Arrived } from '../components/account/arrived.tsx'
import { OwnerForm } from '../components/account/owner-form.tsx'
import { FaultPage } from '../components/fault-page.tsx'
import { NOT_FOUND } from '../lib/describe-fault.ts'
import { refusalOf, textOf } from '../lib/run-intent.ts'

export const meta: MetaFunction = () => [{ title: 'Welcome · Plugboard' }]

/** Beside the root key, if we may know where that is. */
const setupCodeFile = (keyFile: string | undefined): string | undefined => keyFile?.replace(/[^/]*$/, 'setup-code')

/** Once there is an owner, this page is gone. Its loader also runs after the action that made it so, so it cannot throw. */
export async function loader({ context }: LoaderFunctionArgs) {
  const [isOpen, status] = await Promise.all([context.account.needsOwner(), context.status()])
  const codeFile = setupCodeFile(status.detail?.keyFile)
  return data({ isOpen, codeFile, requestId: context.requestId }, { status: isOpen ? 200 : 404 })
}

/** Afterwards the browser would hear that this page is gone, when it is just showing what came of it. */
export const shouldRevalidate: ShouldRevalidateFunction = ({ actionStatus, defaultShouldRevalidate }) => actionStatus !== 200 && defaultShouldRevalidate

export async function action({ context, request }: ActionFunctionArgs) {
  const form = await request.formData()
  const [setupCode, organization, namespace] = [textOf(form, 'setupCode').trim(), textOf(form, 'organization'), textOf(form, 'namespace')]
  const [name, email, password] = [textOf(form, 'name'), textOf(form, 'email'), textOf(form, 'password')]
  try {
    const { setCookie, ...arrival } = await context.account.createOwner({ setupCode, organization, namespace, name, email, password })
    const { publicUrl } = context
    return data({ arrival: { ...arrival, publicUrl }, refusal: undefined }, { status: 200, headers: { 'Set-Cookie': setCookie } })
  } catch (error) {
    return refusalOf(context, form, error)
  }
}

export default function WelcomePage() {
  const { isOpen, codeFile, requestId } = useLoaderData<typeof loader>()
  const outcome = useActionData<typeof action>()
  if (outcome && 'arrival' in outcome) return <Arrived arrival={outcome.arrival} />
  if (!isOpen) return <FaultPage fault={NOT_FOUND} requestId={requestId} />
  return <OwnerForm codeFile={codeFile} refusal={outcome?.refusal} />
}
