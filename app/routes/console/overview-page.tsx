import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { data, redirect } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { RangePicker } from '../../components/charts/range-picker.tsx'
import { UsageCharts } from '../../components/charts/usage-charts.tsx'
import { AttentionList } from '../../components/overview/attention-list.tsx'
import { FirstCallLesson, type Lesson } from '../../components/overview/first-call-lesson.tsx'
import { FirstConnectionLesson } from '../../components/overview/first-connection-lesson.tsx'
import { StateTotals } from '../../components/overview/state-totals.tsx'
import type { PageContext } from '../../lib/load-context.ts'
import { requireVisitor } from '../../lib/require-visitor.ts'
import { readUsageRange } from '../../lib/usage-series.ts'
import { PageHeader } from '../../ui/page-header.tsx'

export const meta: MetaFunction = () => [{ title: 'Overview · Plugboard' }]

export async function loader(args: LoaderFunctionArgs) {
  requireVisitor(args)
  const { context, params, request } = args
  const namespace = params.namespace!
  const range = readUsageRange(new URL(request.url).searchParams.get('range'))
  const { api } = context
  const [summary, usage] = await Promise.all([api.connections.summary({ namespace }), api.usage.overview({ namespace, range })])
  const lesson = usage.totals.calls === 0 ? await findLesson(context, namespace) : undefined
  return { namespace, range, summary, usage, lesson }
}

/** Asked only while there is nothing to draw. */
async function findLesson({ api, status }: PageContext, namespace: string): Promise<Lesson> {
  const { publicUrl, detail } = await status()
  if (detail?.firstCall?.namespace === namespace) return { publicUrl, call: detail.firstCall }
  const { connections } = await api.connections.list({ namespace, state: 'connected', limit: 1 })
  return { publicUrl, ...(connections[0] && { connectionId: connections[0].connectionId }) }
}

export async function action(args: ActionFunctionArgs) {
  requireVisitor(args)
  const { context, params, request } = args
  const connectionId = String((await request.formData()).get('connectionId'))
  try {
    await context.api.connections.check({ namespace: params.namespace!, connectionId })
  } catch (error) {
    const problem = context.explain(error)
    if (!problem) throw error
    return data({ problem }, problem.status)
  }
  return redirect(request.url)
}

export default function OverviewPage() {
  const { namespace, range, summary, usage, lesson } = useLoaderData<typeof loader>()
  const { total, byState, attention } = summary
  if (total === 0 && lesson) {
    return (
      <>
        <PageHeader title="Overview" />
        <FirstConnectionLesson namespace={namespace} publicUrl={lesson.publicUrl} />
      </>
    )
  }
  const troubled = (byState.error ?? 0) + (byState.auth_required ?? 0) + (byState.input_required ?? 0)
  return (
    <>
      <PageHeader title="Overview" actions={<RangePicker range={range} />} />
      <div className="grid grid-cols-1 gap-4">
        {lesson ? <FirstCallLesson namespace={namespace} range={range} lesson={lesson} /> : <UsageCharts usage={usage} />}
        <div className="grid grid-cols-1 items-start gap-4 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
          <AttentionList namespace={namespace} connections={attention} total={troubled} />
          <StateTotals namespace={namespace} total={total} byState={byState} />
        </div>
      </div>
    </>
  )
}
