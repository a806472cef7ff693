// The frame of the console. A page that fails leaves it standing.
import type { LoaderFunctionArgs } from '@remix-run/node'
import { Outlet, type ShouldRevalidateFunctionArgs, useLoaderData, useRouteError, useRouteLoaderData } from '@remix-run/react'
import { ConsoleFault } from '../../components/console-fault.tsx'
import { ConsoleFrame } from '../../components/console-frame.tsx'
import { FaultPage } from '../../components/fault-page.tsx'
import type { ConsoleData } from '../../lib/console-data.ts'
import { describeFault } from '../../lib/describe-fault.ts'
import { lastNamespaceOf } from '../../lib/namespace-cookie.ts'
import { requireVisitor } from '../../lib/require-visitor.ts'
import { useRequestId } from '../../lib/use-request-id.ts'

export async function loader(args: LoaderFunctionArgs): Promise<ConsoleData> {
  const visitor = requireVisitor(args)
  const namespaces = (await args.context.api.namespaces.list()).map(({ name }) => name)
  return { visitor, namespaces, lastNamespace: lastNamespaceOf(args.request, namespaces) }
}

/** The namespace is below this route in the address, but the frame shows it. */
export const shouldRevalidate = ({ currentParams, nextParams, defaultShouldRevalidate }: ShouldRevalidateFunctionArgs): boolean =>
  defaultShouldRevalidate || currentParams.namespace !== nextParams.namespace

export default function ConsoleLayout() {
  return (
    <ConsoleFrame data={useLoaderData<typeof loader>()}>
      <Outlet />
    </ConsoleFrame>
  )
}

export function ErrorBoundary() {
  const fault = describeFault(useRouteError())
  const requestId = useRequestId(fault)
  const data = useRouteLoaderData<typeof loader>('./routes/console/console-layout')
  // Without it, what failed was the frame.
  if (!data) return <FaultPage fault={fault} requestId={requestId} />
  return (
    <ConsoleFrame data={data}>
      <ConsoleFault fault={fault} requestId={requestId} />
    </ConsoleFrame>
  )
}
