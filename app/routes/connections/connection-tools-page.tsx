// The page comes at once and asks for the tools when it is there: a server that does not answer holds nothing up.
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { type ShouldRevalidateFunctionArgs, useFetcher, useLoaderData } from '@remix-run/react'
import RefreshCw from 'lucide-react/icons/refresh-cw'
import { useCallback, useEffect } from 'react'
import { addressOf } from '../../components/connections/connection-address.ts'
import { useConnection } from '../../components/connections/connection-outlet.ts'
import { connectionPath } from '../../lib/connection-paths.ts'
import { shownTool, type ShownTool } from '../../components/connections/shown-tool.ts'
import { ToolList } from '../../components/connections/tool-list.tsx'
import { ToolsWaiting } from '../../components/connections/tools-waiting.tsx'
import type { Problem } from '../../lib/load-context.ts'
import { requireVisitor } from '../../lib/require-visitor.ts'
import { Button } from '../../ui/button.tsx'
import { ProblemNotice } from '../../ui/problem-notice.tsx'

interface Answer {
  tools?: ShownTool[]
  problem?: Problem
}

export const meta: MetaFunction = ({ params }) => [{ title: `Tools of ${params.connectionId ?? 'connection'} · Plugboard` }]

/** With `?list` the server is asked. */
export async function loader(args: LoaderFunctionArgs): Promise<Answer> {
  requireVisitor(args)
  if (!new URL(args.request.url).searchParams.has('list')) return {}
  try {
    const { tools } = await args.context.api.tools.list(addressOf(args))
    return { tools: tools.map(shownTool) }
  } catch (error) {
    const problem = args.context.explain(error)
    if (!problem) throw error
    return { problem }
  }
}

/** Any change in the namespace reloads what is on screen; these come from another server, and are asked for by hand. */
export const shouldRevalidate = ({ currentUrl, nextUrl }: ShouldRevalidateFunctionArgs): boolean => currentUrl.pathname !== nextUrl.pathname

export default function ConnectionToolsPage() {
  const loaded = useLoaderData<typeof loader>() as Answer
  const { namespace, connection } = useConnection()
  const { connectionId, status } = connection
  const { data, load, state } = useFetcher<Answer>({ key: `tools of ${namespace}/${connectionId}` })
  const ask = useCallback(() => load(`${connectionPath(namespace, connectionId)}/tools?list`), [load, namespace, connectionId])
  const answer = data ?? loaded
  // Asked again when a server that failed is back.
  useEffect(ask, [ask, status.state])
  const again = (
    <Button size="sm" icon={RefreshCw} onClick={ask} pending={state !== 'idle'}>
      Ask again
    </Button>
  )
  if (answer.problem) {
    return (
      <div className="grid justify-items-start gap-3">
        <ProblemNotice problem={answer.problem} />
        {again}
      </div>
    )
  }
  if (!answer.tools) return <ToolsWaiting />
  return <ToolList namespace={namespace} connectionId={connectionId} tools={answer.tools} actions={again} />
}
