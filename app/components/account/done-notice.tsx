import { useActionData, useLocation, useNavigate, useSearchParams } from '@remix-run/react'
import { useEffect } from 'react'
import { notify } from '../../lib/notify.ts'
import { useHydrated } from '../../lib/use-hydrated.ts'
import { Notice } from '../../ui/notice.tsx'

/** The parameter in which a redirect says which form was done. */
export const DONE = 'done'

/**
 * Says that a form did its work, in one of `sentences` alone: what stands in an address is a stranger's text.
 * A line that passes by where there is JavaScript, and takes itself out of the address; a notice where there is none.
 */
export function DoneNotice({ sentences }: { sentences: Readonly<Record<string, string>> }) {
  const [search] = useSearchParams()
  const { pathname } = useLocation()
  const navigate = useNavigate()
  const isHydrated = useHydrated()
  // Whoever stays on the page and does the next thing hears of that.
  const done = useActionData() === undefined ? (search.get(DONE) ?? '') : ''
  const sentence = Object.hasOwn(sentences, done) ? sentences[done] : undefined

  useEffect(() => {
    if (sentence === undefined) return
    notify.success(sentence)
    navigate(pathname, { replace: true, preventScrollReset: true })
  }, [sentence, pathname, navigate])

  return sentence === undefined || isHydrated ? null : <Notice tone="good">{sentence}</Notice>
}
