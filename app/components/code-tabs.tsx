// Code in one or more languages, with a button that copies what is shown. Keyboard: WAI-ARIA tabs pattern.
import { type KeyboardEvent, useId, useRef, useState } from 'react'
import type { Snippet } from '../lib/first-call-snippets.ts'
import { CopyButton } from '../ui/copy-button.tsx'

const STEPS: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1 }

export function CodeTabs({ label, snippets }: { label: string; snippets: readonly Snippet[] }) {
  const id = useId()
  const [selected, setSelected] = useState(0)
  const tabs = useRef<(HTMLButtonElement | null)[]>([])
  const code = snippets[selected]?.code ?? ''

  function moveSelection(event: KeyboardEvent) {
    const step = STEPS[event.key]
    if (step === undefined) return
    event.preventDefault()
    const next = (selected + step + snippets.length) % snippets.length
    setSelected(next)
    tabs.current[next]?.focus()
  }

  return (
    <div className="overflow-hidden rounded-lg border border-line bg-surface">
      <div className="flex h-10 items-center justify-between border-b border-line pr-1 pl-2">
        <div role="tablist" aria-label={label} className="flex h-full">
          {snippets.map((snippet, index) => (
            <button
              key={snippet.id}
              ref={(element) => void (tabs.current[index] = element)}
              type="button"
              role="tab"
              id={`${id}-${snippet.id}`}
              aria-selected={index === selected}
              aria-controls={`${id}-panel`}
              tabIndex={index === selected ? 0 : -1}
              onClick={() => setSelected(index)}
              onKeyDown={moveSelection}
              className="tab"
            >
              {snippet.label}
            </button>
          ))}
        </div>
        <CopyButton text={code} />
      </div>
      <pre
        role="tabpanel"
        id={`${id}-panel`}
        aria-labelledby={`${id}-${snippets[selected]?.id ?? ''}`}
        // A wide line scrolls, and a keyboard must be able to scroll it.
        tabIndex={0}
        className="overflow-x-auto p-4 font-mono text-code"
      >
        {code}
      </pre>
    </div>
  )
}
