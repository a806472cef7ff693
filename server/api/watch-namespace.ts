// The subscription behind connections.watch: what happened, to whom it may be told, for as long as it may.
import { tracked } from '@trpc/server'
import { listConnections } from '../connections/list-connections.ts'
import { type ConnectionNews, watchConnections } from '../connections/watch-connections.ts'
import type { Context } from '../context/context.ts'
import { holdStream } from '../context/hold-stream.ts'
import { createPause } from '../lib/pause.ts'
import { SECOND_MS } from '../lib/units.ts'
import { reopenCall } from './call-context.ts'
import type { CallHandle } from './call-handle.ts'
import type { NamespaceEvent } from './namespace-event.ts'

/** A credential that ended is noticed this soon, also when nothing happens. */
const REAUTHORIZE_MS = 5 * SECOND_MS

export interface WatchNamespace {
  namespace: string
  resumed: boolean
  signal: AbortSignal | undefined
}

/** @throws namespace.not_found; identity.unauthenticated once the credential is revoked or expired */
export async function* watchNamespace(context: Context & { handle: CallHandle }, { namespace, resumed, signal }: WatchNamespace) {
  const over = new AbortController()
  const until = signal ? AbortSignal.any([signal, over.signal]) : over.signal
  // Refusals come before the promise that nothing is missed.
  await listConnections(context, { namespace, limit: 1 })
  const letGo = holdStream(context)
  const changes = watchConnections(context, { namespace, signal: until })
  let sent = 0
  const envelope = (event: NamespaceEvent) => tracked(`${context.requestId}.${sent++}`, event)
  try {
    let next = observed(changes.next())
    yield envelope({ type: 'listening', resumed })
    for (;;) {
      const pause = createPause(REAUTHORIZE_MS, until)
      const news = await Promise.race([next, pause.passed])
      pause.cancel()
      if (news?.done || until.aborted) return
      await reopenCall(context.handle)
      if (!news) continue
      next = observed(changes.next())
      const event = eventOf(news.value)
      if (event) yield envelope(event)
    }
  } finally {
    over.abort()
    letGo()
  }
}

/** A timeline without its connection is no news: that it is gone was said. */
function eventOf({ connectionId, about, connection }: ConnectionNews): NamespaceEvent | undefined {
  if (about === 'timeline') return connection ? { type: 'timeline', connectionId } : undefined
  return connection ? { type: 'changed', connectionId, connection } : { type: 'deleted', connectionId }
}

/** Awaited later, at the next race: a rejection until then must not count as one that nobody handles. */
function observed<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => undefined)
  return promise
}
