// What the policy of the page would be good for, asked anew when it has not changed for a moment.
import { useEffect, useState } from 'react'
import { api } from '../../lib/api.ts'
import type { Problem } from '../../lib/load-context.ts'
import { problemOf } from '../../lib/problem.ts'
import { useSettled } from '../../lib/use-settled.ts'
import { readPolicyText } from './policy-text.ts'
import type { Question, TokenPreview } from './token-types.ts'

const PAUSE_MS = 250

interface Asked {
  policy: string
  ttl: string
  namespace: string | undefined
  question: Question | undefined
}

export interface Preview {
  /** The last one there was, as long as a policy is being typed that is none. */
  answer: TokenPreview | undefined
  problem: Problem | undefined
  isAsking: boolean
}

export function usePreview(asked: Asked): Preview {
  const current = JSON.stringify(asked)
  const key = useSettled(current, PAUSE_MS)
  const [latest, setLatest] = useState<Omit<Preview, 'isAsking'> & { key?: string }>({ answer: undefined, problem: undefined })

  useEffect(() => {
    const { policy, namespace, ...rest } = JSON.parse(key) as Asked
    const read = readPolicyText(policy)
    if (namespace === undefined || 'problem' in read) return
    const controller = new AbortController()
    api.tokens.preview.mutate({ ...rest, namespace, policy: read.grants }, { signal: controller.signal }).then(
      (answer) => setLatest({ key, answer, problem: undefined }),
      (error: unknown) => {
        if (!controller.signal.aborted) setLatest(({ answer }) => ({ key, answer, problem: problemOf(error) }))
      },
    )
    return () => controller.abort()
  }, [key])

  return { answer: latest.answer, problem: latest.problem, isAsking: latest.key !== current }
}
