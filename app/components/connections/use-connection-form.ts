// The state of a form that can be tested before it is saved. It posts to its own page; with scripts without leaving it,
// so that secrets stay where they were typed.
import { type FetcherWithComponents, useActionData, useFetcher } from '@remix-run/react'
import { useState } from 'react'
import type { FormAnswer } from './answer-form.ts'

interface ConnectionFormState {
  Form: FetcherWithComponents<FormAnswer>['Form']
  answer: FormAnswer | undefined
  pending: 'test' | 'save' | undefined
  /** Something was changed since the answer. */
  stale: boolean
  markStale: () => void
}

export function useConnectionForm(): ConnectionFormState {
  const fetcher = useFetcher<FormAnswer>()
  const posted = useActionData<FormAnswer>()
  const [changedAfter, setChangedAfter] = useState<FormAnswer>()
  const answer = fetcher.data ?? posted
  const pending = fetcher.state === 'idle' ? undefined : fetcher.formData?.get('intent') === 'test' ? 'test' : 'save'
  const stale = answer !== undefined && answer === changedAfter
  return { Form: fetcher.Form, answer, pending, stale, markStale: () => setChangedAfter(answer) }
}
