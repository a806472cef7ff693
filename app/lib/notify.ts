// Short messages at the edge of the window, read aloud by screen readers. For what has no place on the page.
import { toast } from 'sonner'
import type { Problem } from './load-context.ts'

const FAILURE_MS = 10_000

interface Undo {
  onUndo: () => void
  /** How long it can be taken back. */
  durationMs: number
  /** What else there is to know. */
  note?: string | undefined
}

function success(text: string): void {
  toast.success(text)
}

function failure(problem: Problem | string): void {
  if (typeof problem === 'string') toast.error(problem, { duration: FAILURE_MS })
  else toast.error(problem.message, { duration: FAILURE_MS, description: `${problem.code} · ${problem.requestId}` })
}

function undo(text: string, { onUndo, durationMs, note }: Undo): void {
  toast(text, { duration: durationMs, description: note, action: { label: 'Undo', onClick: onUndo } })
}

export const notify = { success, failure, undo }
