import { useEffect, useState } from 'react'
import { api } from '../../lib/api.ts'
import type { Problem } from '../../lib/load-context.ts'
import { problemOf } from '../../lib/problem.ts'

/** As the server defines it; only its name is certain. */
export interface OfferedTool {
  name: string
  [member: string]: unknown
}

/** What a connection's server answered when it was asked for its tools, or that it has not answered yet. */
export type OfferedTools =
  | { tools: OfferedTool[]; problem?: undefined; isSlow?: undefined }
  | { tools?: undefined; problem: Problem; isSlow?: undefined }
  | { tools?: undefined; problem?: undefined; isSlow: true }

/** What the page was loaded with; if the server was too slow for that, the browser waits for it. */
export function useOfferedTools(namespace: string, connectionId: string | undefined, loaded: OfferedTools | undefined): OfferedTools | undefined {
  const [late, setLate] = useState<{ of: OfferedTools; offered: OfferedTools }>()
  const isSlow = loaded?.isSlow === true

  useEffect(() => {
    if (!isSlow || !loaded || connectionId === undefined) return
    const controller = new AbortController()
    api.tools.list.query({ namespace, connectionId }, { signal: controller.signal }).then(
      ({ tools }) => setLate({ of: loaded, offered: { tools } }),
      (error: unknown) => !controller.signal.aborted && setLate({ of: loaded, offered: { problem: problemOf(error) } }),
    )
    return () => controller.abort()
  }, [namespace, connectionId, loaded, isSlow])

  return late && late.of === loaded ? late.offered : loaded
}
