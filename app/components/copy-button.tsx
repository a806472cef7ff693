import { useEffect, useState } from 'react'

const CONFIRMATION_MS = 1_500

export function CopyButton({ text }: { text: string }) {
  const [outcome, setOutcome] = useState<'copied' | 'failed'>()

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

  return (
    <button type="button" onClick={copy} className="quiet-button">
      <span aria-live="polite">{outcome === 'copied' ? 'Copied' : outcome === 'failed' ? 'Select and copy' : 'Copy'}</span>
    </button>
  )
}
