import Check from 'lucide-react/icons/check'
import Copy from 'lucide-react/icons/copy'
import { useCopy } from '../lib/use-copy.ts'
import { joinClasses } from './join-classes.ts'

interface CopyIdProps {
  value: string
  /** What it is, for the button's name: "connection id". */
  label?: string
  className?: string
}

/** An id that one click copies. */
export function CopyId({ value, label, className }: CopyIdProps) {
  const { outcome, copy } = useCopy(value)
  const Icon = outcome === 'copied' ? Check : Copy
  return (
    <button
      type="button"
      onClick={copy}
      title={label === undefined ? 'Copy' : `Copy ${label}`}
      className={joinClasses('-mx-1 inline-flex min-h-6 max-w-full items-center gap-1.5 rounded-xs px-1 text-left font-mono text-code hover:bg-hover', className)}
    >
      <span className="sr-only">{label === undefined ? 'Copy ' : `Copy ${label} `}</span>
      <span className="min-w-0 truncate select-all">{value}</span>
      <Icon className={joinClasses('size-3.5 shrink-0', outcome === 'copied' ? 'text-good-ink' : 'text-muted')} aria-hidden="true" />
      <span aria-live="polite" className={outcome === 'failed' ? 'font-sans text-tiny text-muted' : 'sr-only'}>
        {outcome === 'copied' ? 'Copied' : outcome === 'failed' ? 'Select and copy' : ''}
      </span>
    </button>
  )
}
