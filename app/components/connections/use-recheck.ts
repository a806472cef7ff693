import { useFetcher } from '@remix-run/react'
import { useEffect } from 'react'
import type { Problem } from '../../lib/load-context.ts'
import { notify } from '../../lib/notify.ts'
import { stateLabel } from '../../ui/status-badge.tsx'
import { connectionPath } from '../../lib/connection-paths.ts'
import type { ConnectionStatus } from './connection-types.ts'

/** What the action of a connection's frame answers to `intent=check`. */
export type CheckAnswer = { connectionId: string; status: ConnectionStatus } | { problem: Problem }

/** Asks the server again, and says how it went. */
export function useRecheck(namespace: string, connectionId: string): { recheck: () => void; pending: boolean } {
  const fetcher = useFetcher<CheckAnswer>()
  const answer = fetcher.data
  useEffect(() => {
    if (!answer) return
    if ('problem' in answer) return notify.failure(answer.problem)
    const { state } = answer.status
    if (state === 'connected') notify.success(`${answer.connectionId} is connected`)
    else notify.failure(`${answer.connectionId}: ${stateLabel(state)}`)
  }, [answer])
  return {
    recheck: () => fetcher.submit({ intent: 'check' }, { method: 'post', action: connectionPath(namespace, connectionId) }),
    pending: fetcher.state !== 'idle',
  }
}
