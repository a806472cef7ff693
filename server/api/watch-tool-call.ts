// The stream behind tools.stream: a call's events, for as long as its caller may have them.
import { connectionNotFound } from '../connections/connection-errors.ts'
import { requireHandle } from '../connections/find-handle.ts'
import type { Context } from '../context/context.ts'
import { createPause } from '../lib/pause.ts'
import { SECOND_MS } from '../lib/units.ts'
import type { CallToolInput } from '../tools/call-tool.ts'
import { streamTool } from '../tools/stream-tool.ts'
import type { ToolCallEvent } from '../tools/tool-call-event.ts'
import { reopenCall } from './call-context.ts'
import type { CallHandle } from './call-handle.ts'

/** A credential that ended, or a connection that went, is noticed this soon, also when nothing comes. */
const REAUTHORIZE_MS = 5 * SECOND_MS

/** Refusals come before the stream; what goes wrong later comes from its events. */
export async function watchToolCall(context: Context & { handle: CallHandle }, input: CallToolInput): Promise<AsyncGenerator<ToolCallEvent>> {
  const over = new AbortController()
  const leave = () => over.abort()
  if (input.signal?.aborted) over.abort()
  input.signal?.addEventListener('abort', leave, { once: true })
  const { uid } = (await requireHandle(context, input, 'execute', 'some')).row
  const events = await streamTool(context, { ...input, signal: over.signal })
  const permit = async () => {
    const { row } = await requireHandle(await reopenCall(context.handle), input, 'execute', 'some')
    if (row.uid !== uid) throw connectionNotFound()
  }
  return whilePermitted(permit, events, over)
}

async function* whilePermitted(permit: () => Promise<void>, events: AsyncGenerator<ToolCallEvent>, over: AbortController) {
  try {
    let next = events.next()
    for (;;) {
      const pause = createPause(REAUTHORIZE_MS, over.signal)
      const event = await Promise.race([next, pause.passed])
      pause.cancel()
      await permit()
      // The pause is over when the caller leaves, too; the events say so themselves.
      if (!event && !over.signal.aborted) continue
      const { done, value } = event ?? (await next)
      if (done) return
      yield value
      next = events.next()
    }
  } finally {
    // Wakes up whoever waits for the next event: a generator that is waiting cannot be returned from.
    over.abort()
    await events.return(undefined).catch(() => undefined)
  }
}
