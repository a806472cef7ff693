// The page between its parts: which tool is open, which run is shown.
import { useNavigate } from '@remix-run/react'
import { useMemo, useState } from 'react'
import type { Problem } from '../../lib/load-context.ts'
import { readToolFacts } from '../../lib/tool-facts.ts'
import { ProblemNotice } from '../../ui/problem-notice.tsx'
import type { ConnectionOption } from './connection-option.ts'
import { ConnectionPicker } from './connection-picker.tsx'
import { type OfferedTools, useOfferedTools } from './offered-tools.ts'
import { playgroundLink } from './playground-link.ts'
import { PlainCall, type PostedCall } from './plain-call.tsx'
import { RunHistory } from './run-history.tsx'
import { RunView } from './run-view.tsx'
import { ToolList } from './tool-list.tsx'
import { ToolPanel } from './tool-panel.tsx'
import { ToolsSkeleton, ToolsUnavailable } from './tools-unavailable.tsx'
import { type Draft, draftOf } from './use-arguments.ts'
import { type RunEntry, useToolRuns } from './use-tool-runs.ts'

interface PlaygroundProps {
  namespace: string
  publicUrl: string
  newest: readonly ConnectionOption[]
  connection: ConnectionOption | undefined
  /** Why the connection that was asked for cannot be shown. */
  problem: Problem | undefined
  offered: OfferedTools | undefined
  toolName: string | undefined
  posted: PostedCall | undefined
}

/** Under which the arguments of a tool are kept while another is looked at. */
const placeOf = (connectionId: string, tool: string): string => JSON.stringify([connectionId, tool])

export function Playground({ namespace, publicUrl, newest, connection, problem, offered: loaded, toolName, posted }: PlaygroundProps) {
  const connectionId = connection?.connectionId
  const offered = useOfferedTools(namespace, connectionId, loaded)
  const tools = useMemo(() => (offered?.tools ?? []).map(readToolFacts), [offered])
  const tool = tools.find(({ name }) => name === toolName) ?? (toolName === undefined ? tools[0] : undefined)
  const runs = useToolRuns(namespace)
  const navigate = useNavigate()
  const [shownId, setShownId] = useState<number>()
  const [drafts] = useState(() => new Map<string, Draft>())
  const [restorations, setRestorations] = useState(0)

  const isHere = (entry: RunEntry) => entry.connectionId === connectionId && entry.tool === tool?.name
  const shown = runs.entries.find((entry) => entry.id === shownId && isHere(entry))
  const open = (id: string, name?: string) => navigate(playgroundLink(namespace, id, name), { replace: true, preventScrollReset: true })

  function showEntry(entry: RunEntry) {
    setShownId(entry.id)
    drafts.set(placeOf(entry.connectionId, entry.tool), draftOf(entry.arguments))
    setRestorations(restorations + 1)
    if (!isHere(entry)) open(entry.connectionId, entry.tool)
  }

  return (
    <div className="grid min-w-0 items-start gap-6 lg:grid-cols-[17rem_minmax(0,1fr)]">
      <div className="grid min-w-0 gap-4 max-lg:contents">
        <ConnectionPicker namespace={namespace} newest={newest} selected={connection} onSelect={(id) => open(id)} />
        {offered?.isSlow && <ToolsSkeleton />}
        {connectionId !== undefined && tools.length > 0 && (
          <ToolList key={connectionId} namespace={namespace} connectionId={connectionId} tools={tools} selected={tool?.name} />
        )}
        <RunHistory entries={runs.entries} shown={shown?.id} onShow={showEntry} />
      </div>
      <div className="grid min-w-0 gap-6">
        {problem && <ProblemNotice problem={problem} />}
        {connectionId !== undefined && !tool && <ToolsUnavailable namespace={namespace} connectionId={connectionId} offered={offered} toolName={toolName} />}
        {connectionId !== undefined && tool && (
          <>
            <div className="needs-script grid min-w-0 gap-6 2xl:grid-cols-2 2xl:items-start">
              <ToolPanel
                key={`${placeOf(connectionId, tool.name)} ${restorations}`}
                namespace={namespace}
                connectionId={connectionId}
                publicUrl={publicUrl}
                tool={tool}
                draft={drafts.get(placeOf(connectionId, tool.name))}
                onDraft={(draft) => drafts.set(placeOf(connectionId, tool.name), draft)}
                isRunning={shown?.run.state === 'running'}
                onRun={(given) => setShownId(runs.start({ connectionId, tool: tool.name, arguments: given }))}
                onCancel={runs.cancel}
              />
              <RunView key={shown?.id} run={shown?.run} />
            </div>
            <PlainCall connectionId={connectionId} tool={tool} posted={posted} />
          </>
        )}
      </div>
    </div>
  )
}
