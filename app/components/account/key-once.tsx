import { useEffect, useRef } from 'react'
import { CopyButton } from '../../ui/copy-button.tsx'

export interface KeyOnceProps {
  value: string
  label?: string
}

/** A secret that no later page can show: it takes the focus, is selected by one click, and copied by one button. */
export function KeyOnce({ value, label = 'API key' }: KeyOnceProps) {
  const box = useRef<HTMLElement>(null)
  // It stands somewhere else than the button that made it, and must not be missed.
  useEffect(() => box.current?.focus(), [value])
  return (
    <section ref={box} aria-label={`${label}, shown this once`} tabIndex={-1} className="grid min-w-0 gap-2 rounded-lg">
      <p className="font-medium">{label}</p>
      <div className="flex items-center gap-2 rounded-lg border border-accent/50 bg-accent-soft py-1 pr-1 pl-3">
        <code className="min-w-0 flex-1 font-mono text-code break-all select-all">{value}</code>
        <CopyButton text={value} />
      </div>
    </section>
  )
}
