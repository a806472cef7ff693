import type { Problem } from '../../lib/load-context.ts'
import { Notice } from '../../ui/notice.tsx'
import { ProblemNotice } from '../../ui/problem-notice.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import type { TryOutcome } from './connection-types.ts'
import { adviseOn } from './status-words.ts'

const SHOWN_TOOLS = 12

function FoundTools({ tools }: { tools: NonNullable<TryOutcome['tools']> }) {
  if (tools.length === 0) return <p className="mt-1 text-muted">It offers no tools.</p>
  return (
    <>
      <p className="mt-1 text-muted">{tools.length === 1 ? 'One tool:' : `${tools.length} tools:`}</p>
      <ul className="mt-1 flex flex-wrap gap-1">
        {tools.slice(0, SHOWN_TOOLS).map(({ name, description }) => (
          <li
            key={name}
            title={description}
            className="max-w-full truncate rounded-sm border border-line bg-surface px-1.5 font-mono text-code"
          >
            {name}
          </li>
        ))}
        {tools.length > SHOWN_TOOLS && <li className="text-muted">and {tools.length - SHOWN_TOOLS} more</li>}
      </ul>
    </>
  )
}

function Tried({ outcome: { status, serverInfo, tools } }: { outcome: TryOutcome }) {
  const advice = adviseOn(status)
  if (!advice) {
    return (
      <Notice tone="good" title={serverInfo ? `${serverInfo.title ?? serverInfo.name} answers` : 'The server answers'}>
        {serverInfo && (
          <p className="text-muted">
            {serverInfo.name} {serverInfo.version}
          </p>
        )}
        {tools && <FoundTools tools={tools} />}
      </Notice>
    )
  }
  return (
    <Notice tone={advice.tone} title={status.state === 'error' ? 'This did not work' : advice.title}>
      <p>{advice.text}</p>
      {advice.checks.length > 0 && (
        <>
          <p className="mt-2 text-muted">Nothing is stored yet. What to check:</p>
          <ul className="mt-1 list-disc pl-4 text-muted">
            {advice.checks.map((check) => (
              <li key={check}>{check}</li>
            ))}
          </ul>
        </>
      )}
    </Notice>
  )
}

interface TestOutcomeProps {
  pending: boolean
  outcome: TryOutcome | undefined
  /** Of the form as a whole; what one field is to blame for stands beside it. */
  problem: Problem | undefined
  /** Something was changed since. */
  stale: boolean
}

export function TestOutcome({ pending, outcome, problem, stale }: TestOutcomeProps) {
  if (pending) {
    return (
      <output className="block">
        <span className="sr-only">Asking the server</span>
        <Skeleton className="h-16 w-full rounded-lg" />
      </output>
    )
  }
  if (problem) return <ProblemNotice problem={problem} />
  if (!outcome) return null
  return (
    <div className={stale ? 'opacity-60' : undefined}>
      <Tried outcome={outcome} />
      {stale && <p className="mt-1 text-small text-muted">Of before your last change.</p>}
    </div>
  )
}
