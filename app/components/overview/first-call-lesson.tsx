import Activity from 'lucide-react/icons/activity'
import Play from 'lucide-react/icons/play'
import { namespacePath } from '../../lib/connection-paths.ts'
import { callSnippets, listToolsSnippet } from '../../lib/first-call-snippets.ts'
import type { FirstCall } from '../../lib/load-context.ts'
import { type UsageRange, wordsOfRange } from '../../lib/usage-series.ts'
import { CodeBlock } from '../../ui/code-block.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { LinkButton } from '../../ui/link-button.tsx'

/** What can be called here: a tool if one is known, else a connection whose tools can be listed. */
export type Lesson = { publicUrl: string } & ({ call: FirstCall } | { connectionId: string } | object)

function lineOf(namespace: string, lesson: Lesson): { label: string; code: string } | undefined {
  if ('call' in lesson) return { label: 'Call a tool', code: callSnippets(lesson.publicUrl, lesson.call)[0]!.code }
  if ('connectionId' in lesson) return { label: 'List the tools', code: listToolsSnippet(lesson.publicUrl, { namespace, connectionId: lesson.connectionId }) }
  return undefined
}

/** Stands where the charts will be, until there is something to draw. */
export function FirstCallLesson({ namespace, range, lesson }: { namespace: string; range: UsageRange; lesson: Lesson }) {
  const line = lineOf(namespace, lesson)
  return (
    <div className="rounded-lg border border-line bg-surface">
      <EmptyState
        icon={Activity}
        title={`No calls in ${wordsOfRange(range)}`}
        actions={
          <LinkButton to={`${namespacePath(namespace)}/playground`} icon={Play}>
            Open the playground
          </LinkButton>
        }
      >
        <p>Calls, errors and latency show here within seconds of the first call{line ? ':' : '.'}</p>
        {line && <CodeBlock {...line} />}
      </EmptyState>
    </div>
  )
}
