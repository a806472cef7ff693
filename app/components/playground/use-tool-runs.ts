// The calls of this tab: one at a time, the last ones remembered until the tab is closed.
import { useEffect, useReducer, useRef } from 'react'
import { problemOf } from '../../lib/problem.ts'
import { advanceRun, cancelRun, failRun, startRun, type ToolRun } from '../../lib/tool-run.ts'
import { openRun } from './open-run.ts'
import type { ToolCall } from './tool-call.ts'

export interface RunEntry extends ToolCall {
  id: number
  run: ToolRun
}

const MAX_ENTRIES = 20

type Change = { id: number; start: ToolCall } | { id: number; update: (run: ToolRun) => ToolRun }

/** Newest first. */
function changeEntries(entries: readonly RunEntry[], change: Change): readonly RunEntry[] {
  if ('start' in change) return [{ ...change.start, id: change.id, run: startRun() }, ...entries].slice(0, MAX_ENTRIES)
  return entries.map((entry) => (entry.id === change.id ? { ...entry, run: change.update(entry.run) } : entry))
}

export function useToolRuns(namespace: string) {
  const [entries, dispatch] = useReducer(changeEntries, [])
  const running = useRef<AbortController>()
  const lastId = useRef(0)

  useEffect(() => () => running.current?.abort(), [])

  /** The number of the run, under which `entries` has it. */
  function start(call: ToolCall): number {
    running.current?.abort()
    const controller = new AbortController()
    running.current = controller
    const id = ++lastId.current
    dispatch({ id, start: call })
    void follow({ namespace, ...call }, controller.signal, (update) => dispatch({ id, update }))
    return id
  }

  return { entries, start, cancel: () => running.current?.abort() }
}

async function follow(call: ToolCall & { namespace: string }, signal: AbortSignal, change: (update: (run: ToolRun) => ToolRun) => void): Promise<void> {
  // What is aborted is over at once, whatever the stream still does.
  signal.addEventListener('abort', () => change(cancelRun), { once: true })
  try {
    for await (const event of await openRun(call, signal)) change((run) => advanceRun(run, event))
    change((run) => (run.state === 'running' ? failRun(run, problemOf(new Error('the stream ended without a result'))) : run))
  } catch (error) {
    change((run) => (run.state === 'running' ? failRun(run, problemOf(error)) : run))
  }
}
