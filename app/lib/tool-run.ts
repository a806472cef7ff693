// One call of a tool as the page sees it: what was sent, what came and when, and how it ended.
import { isObject } from './is-object.ts'
import type { Problem } from './load-context.ts'

/** As `tools.stream` sends them. */
export type RunEvent =
  | { type: 'sent'; message: unknown }
  | { type: 'received'; atMs: number; message: unknown }
  | { type: 'result'; result: unknown; durationMs: number }

export interface RunMessage {
  direction: 'sent' | 'received'
  atMs: number
  message: unknown
}

/** MCP 2025-11-25 basic/utilities/progress. */
export interface RunProgress {
  progress: number
  total: number | undefined
  message: string | undefined
}

interface RunRecord {
  /** The last ones. */
  messages: readonly RunMessage[]
  /** Messages before those. */
  dropped: number
  progress: RunProgress | undefined
}

export type ToolRun = RunRecord &
  (
    | { state: 'running' }
    | { state: 'answered'; result: unknown; durationMs: number }
    | { state: 'failed'; problem: Problem }
    | { state: 'cancelled' }
  )

export const MAX_MESSAGES = 200

export const startRun = (): ToolRun => ({ state: 'running', messages: [], dropped: 0, progress: undefined })

export function advanceRun(run: ToolRun, event: RunEvent): ToolRun {
  if (run.state !== 'running') return run
  if (event.type === 'result') return { ...run, state: 'answered', result: event.result, durationMs: event.durationMs }
  const atMs = event.type === 'sent' ? 0 : event.atMs
  const all = [...run.messages, { direction: event.type, atMs, message: event.message }]
  const messages = all.slice(-MAX_MESSAGES)
  return { ...run, messages, dropped: run.dropped + all.length - messages.length, progress: readProgress(event.message) ?? run.progress }
}

export const failRun = (run: ToolRun, problem: Problem): ToolRun => ({ ...withoutEnd(run), state: 'failed', problem })

export const cancelRun = (run: ToolRun): ToolRun => (run.state === 'running' ? { ...withoutEnd(run), state: 'cancelled' } : run)

const withoutEnd = ({ messages, dropped, progress }: ToolRun): RunRecord => ({ messages, dropped, progress })

function readProgress(message: unknown): RunProgress | undefined {
  if (!isObject(message) || message.method !== 'notifications/progress' || !isObject(message.params)) return undefined
  const { progress, total, message: text } = message.params
  if (typeof progress !== 'number' || !Number.isFinite(progress)) return undefined
  return {
    progress,
    total: typeof total === 'number' && Number.isFinite(total) && total > 0 ? total : undefined,
    message: typeof text === 'string' ? text.slice(0, 500) : undefined,
  }
}
