import { Form } from '@remix-run/react'
import CirclePlay from 'lucide-react/icons/circle-play'
import RefreshCw from 'lucide-react/icons/refresh-cw'
import Trash2 from 'lucide-react/icons/trash-2'
import type { MouseEvent } from 'react'
import { Button } from '../../ui/button.tsx'
import { LinkButton } from '../../ui/link-button.tsx'
import { connectionPath } from '../../lib/connection-paths.ts'
import { playgroundPath } from './playground-path.ts'
import type { ConnectionOutlet } from './connection-outlet.ts'
import { useRecheck } from './use-recheck.ts'
import { useRemoval } from './use-removal.ts'

/** Each is a form or a link first, and quicker where scripts run. */
export function ConnectionActions({ namespace, connection: { connectionId } }: ConnectionOutlet) {
  const { recheck, pending } = useRecheck(namespace, connectionId)
  const remove = useRemoval()
  const path = connectionPath(namespace, connectionId)

  function removeWithUndo(event: MouseEvent) {
    event.preventDefault()
    void remove({ namespace, connectionId, leave: true })
  }

  return (
    <>
      <Form
        method="post"
        action={path}
        onSubmit={(event) => {
          event.preventDefault()
          recheck()
        }}
      >
        <Button name="intent" value="check" icon={RefreshCw} pending={pending}>
          Check again
        </Button>
      </Form>
      <LinkButton to={playgroundPath(namespace, connectionId)} icon={CirclePlay} aria-label="Open in playground">
        Playground
      </LinkButton>
      <LinkButton to={`${path}/delete`} icon={Trash2} onClick={removeWithUndo}>
        Delete
      </LinkButton>
    </>
  )
}
