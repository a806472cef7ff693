import { Form } from '@remix-run/react'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { connectionPath } from '../../lib/connection-paths.ts'

/** Where no script offers to undo, a form does. */
export function RemovedNotice({ namespace, connectionId }: { namespace: string; connectionId: string }) {
  return (
    <Notice tone="info" title={`${connectionId} was deleted`}>
      <Form method="post" action={`${connectionPath(namespace, connectionId)}/delete`} className="mt-1 flex flex-wrap items-center gap-3">
        <span>It can be brought back for 10 seconds.</span>
        <Button size="sm" name="intent" value="undo">
          Undo
        </Button>
      </Form>
    </Notice>
  )
}
