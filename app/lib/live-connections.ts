// Follows a namespace over a subscription (server-sent events), so that what is on the screen stays true without a reload.
import { useFetchers, useRevalidator } from '@remix-run/react'
import { useEffect, useRef, useState } from 'react'
import { api } from './api.ts'

export type LiveState = 'connecting' | 'live' | 'reconnecting'

/** Several changes at once are one look at the server. */
const QUIET_MS = 300

/** Once per page: asks the loaders again whenever a connection of `namespace` changed. Undefined if there is no namespace to follow. */
export function useLiveConnections(namespace: string | undefined): LiveState | undefined {
  const [state, setState] = useState<LiveState>('connecting')
  const { revalidate } = useRevalidator()
  const refresh = useRef(revalidate)
  const isSaving = useRef(false)
  const saving = useFetchers().length > 0
  useEffect(() => {
    refresh.current = revalidate
    isSaving.current = saving
  })

  useEffect(() => {
    if (namespace === undefined) return
    let timer: ReturnType<typeof setTimeout> | undefined
    const refreshSoon = () => {
      clearTimeout(timer)
      // Loaders that are asked in the middle of it would keep a form that was sent from leading on.
      timer = setTimeout(() => (isSaving.current ? refreshSoon() : refresh.current()), QUIET_MS)
    }
    const subscription = api.connections.watch.subscribe(
      { namespace },
      {
        onConnectionStateChange: ({ state: wire, error }) => setState(wire === 'pending' ? 'live' : error ? 'reconnecting' : 'connecting'),
        // After a break something may have been missed; at the start the page is as fresh as the stream.
        onData: ({ data: event }) => (event.type === 'listening' && !event.resumed ? undefined : refreshSoon()),
        onError: () => {
          setState('reconnecting')
          // The session may have ended: then the loaders lead to the sign-in page.
          refreshSoon()
        },
      },
    )
    return () => {
      clearTimeout(timer)
      subscription.unsubscribe()
    }
  }, [namespace])

  return namespace === undefined ? undefined : state
}
