import { useFetcher } from '@remix-run/react'
import RotateCw from 'lucide-react/icons/rotate-cw'
import { useEffect } from 'react'
import type { Problem } from '../../lib/load-context.ts'
import { notify } from '../../lib/notify.ts'
import { Button } from '../../ui/button.tsx'

/** Asks the server again; a form, so that it works before any script runs. */
export function CheckAgain({ connectionId, name }: { connectionId: string; name: string }) {
  const fetcher = useFetcher<{ problem: Problem }>()
  const problem = fetcher.data?.problem
  useEffect(() => {
    if (problem) notify.failure(problem)
  }, [problem])
  return (
    <fetcher.Form method="post">
      <input type="hidden" name="connectionId" value={connectionId} />
      <Button type="submit" variant="quiet" size="sm" icon={RotateCw} pending={fetcher.state !== 'idle'} aria-label={`Check again: ${name}`}>
        Check again
      </Button>
    </fetcher.Form>
  )
}
