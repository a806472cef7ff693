// Deleting with a way back: the connection is hidden at once, and really deleted when the message goes.
import { useNavigate, useRevalidator } from '@remix-run/react'
import { api } from '../../lib/api.ts'
import { notify } from '../../lib/notify.ts'
import { problemOf } from '../../lib/problem.ts'
import { connectionPath, connectionsPath } from '../../lib/connection-paths.ts'

/** How long the server keeps it. The message goes a little earlier: an Undo that comes too late helps nobody. */
const UNDO_MS = 9_000

const GRANT_STAYS = 'Its server has no way to take back what it granted. To end that too, remove Plugboard in your account there.'

interface Removal {
  namespace: string
  connectionId: string
  /** Where the person is: on a page that goes away with the connection. */
  leave?: boolean
}

export function useRemoval(): (removal: Removal) => Promise<void> {
  const navigate = useNavigate()
  const { revalidate } = useRevalidator()

  async function undo({ namespace, connectionId, leave }: Removal) {
    try {
      await api.connections.undoRemove.mutate({ namespace, connectionId })
      notify.success(`${connectionId} is back`)
      if (leave) void navigate(connectionPath(namespace, connectionId))
      else revalidate()
    } catch (error) {
      notify.failure(problemOf(error))
    }
  }

  return async (removal) => {
    const { namespace, connectionId, leave } = removal
    let note: string | undefined
    try {
      const { takesGrantBack } = await api.connections.remove.mutate({ namespace, connectionId })
      if (takesGrantBack === false) note = GRANT_STAYS
    } catch (error) {
      return notify.failure(problemOf(error))
    }
    if (leave) void navigate(connectionsPath(namespace))
    else revalidate()
    notify.undo(`${connectionId} was deleted`, { onUndo: () => void undo(removal), durationMs: UNDO_MS, note })
  }
}
