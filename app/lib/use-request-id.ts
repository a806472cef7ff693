import { useLocation } from '@remix-run/react'
import type { Fault } from './describe-fault.ts'
import { useRootData } from './root-data.ts'

/** What finds a failure in the log: its own request id; of an exception only if the root's data came in the same answer. */
export function useRequestId(fault: Fault): string | undefined {
  const { pathname } = useLocation()
  const root = useRootData()
  return fault.requestId ?? (root?.pathname === pathname ? root.requestId : undefined)
}
