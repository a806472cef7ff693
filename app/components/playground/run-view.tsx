import SquareTerminal from 'lucide-react/icons/square-terminal'
import { readToolResult } from '../../lib/tool-result.ts'
import type { ToolRun } from '../../lib/tool-run.ts'
import { formatDuration } from '../../lib/format-number.ts'
import { Badge, type BadgeTone } from '../../ui/badge.tsx'
import { Card } from '../../ui/card.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Notice } from '../../ui/notice.tsx'
import { ProblemNotice } from '../../ui/problem-notice.tsx'
import { Tabs } from '../../ui/tabs.tsx'
import { ProgressView } from './progress-view.tsx'
import { RawMessages } from './raw-messages.tsx'
import { ResultView } from './result-view.tsx'

export interface Outcome {
  label: string
  tone: BadgeTone
}

export function outcomeOf(run: ToolRun): Outcome {
  if (run.state === 'running') return { label: 'Running', tone: 'accent' }
  if (run.state === 'cancelled') return { label: 'Cancelled', tone: 'neutral' }
  if (run.state === 'failed') return { label: 'Failed', tone: 'bad' }
  return readToolResult(run.result).isError ? { label: 'Tool error', tone: 'warn' } : { label: 'Answered', tone: 'good' }
}

function RunBody({ run }: { run: ToolRun }) {
  if (run.state === 'running') return <ProgressView progress={run.progress} />
  if (run.state === 'failed') return <ProblemNotice problem={run.problem} />
  if (run.state === 'cancelled') return <Notice tone="info">You cancelled the call, and the server was told. What it had done by then may stay done.</Notice>
  return <ResultView result={run.result} />
}

/** How a call goes, or went. */
export function RunView({ run }: { run: ToolRun | undefined }) {
  if (!run) {
    return (
      <Card title="Result">
        <EmptyState icon={SquareTerminal} title="Nothing called yet">
          Run the tool and its answer appears here: content, timing, and the messages as they went over the wire.
        </EmptyState>
      </Card>
    )
  }
  const { label, tone } = outcomeOf(run)
  const summary = run.state === 'answered' ? `${label} after ${formatDuration(run.durationMs)}` : label
  return (
    <Card
      flush
      title="Result"
      actions={
        <>
          {run.state === 'answered' && <span className="text-small text-muted tabular-nums">{formatDuration(run.durationMs)}</span>}
          <Badge tone={tone}>{label}</Badge>
        </>
      }
    >
      <p aria-live="polite" className="sr-only">
        {summary}
      </p>
      <div className="min-w-0 px-4 pt-1 pb-4">
        <Tabs
          label="Result of the call"
          tabs={[
            { id: 'result', label: 'Result', content: <RunBody run={run} /> },
            { id: 'messages', label: `Messages (${run.dropped + run.messages.length})`, content: <RawMessages run={run} /> },
          ]}
        />
      </div>
    </Card>
  )
}
