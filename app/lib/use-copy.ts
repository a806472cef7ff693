import { useEffect, useState } from 'react'

const CONFIRMATION_MS = 1_500

export type CopyOutcome = 'copied' | 'failed' | undefined

/** Copies, and says for a moment how it went. */
export function useCopy(text: string): { outcome: CopyOutcome; copy: () => void } {
  const [outcome, setOutcome] = useState<CopyOutcome>()

  useEffect(() => {
    if (!outcome) return
    const timer = setTimeout(() => setOutcome(undefined), CONFIRMATION_MS)
    return () => clearTimeout(timer)
  }, [outcome])

  function copy() {
    // Without https, and not on loopback, a browser has no clipboard to offer.
    if (!navigator.clipboard) return setOutcome('failed')
    navigator.clipboard.writeText(text).then(
      () => setOutcome('copied'),
      () => setOutcome('failed'),
    )
  }

  return { outcome, copy }
}
