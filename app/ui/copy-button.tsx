import { useCopy } from '../lib/use-copy.ts'

export function CopyButton({ text }: { text: string }) {
  const { outcome, copy } = useCopy(text)
  return (
    <button type="button" onClick={copy} className="quiet-button">
      <span aria-live="polite">{outcome === 'copied' ? 'Copied' : outcome === 'failed' ? 'Select and copy' : 'Copy'}</span>
    </button>
  )
}
