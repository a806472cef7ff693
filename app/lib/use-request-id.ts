import { useLocation } from '@remix-run/react'
import type { Fault } from './describe-fault.ts'
import { useRootData } from './root-data.ts'

/** The key of the page that the browser loaded itself, before any navigation. */
const FIRST = 'default'

/** What finds a failure in the log: its own request id; of an exception only if it was in the answer that brought the page. */
export function useRequestId(fault: Fault): string | undefined {
  const { key } = useLocation()
  const ofDocument = useRootData()?.requestId
  return fault.requestId ?? (key === FIRST ? ofDocument : undefined)
}
