import { CopyButton } from './copy-button.tsx'
import { ScrollRegion } from './scroll-region.tsx'

/** Lines to copy, with a name above them. */
export function CodeBlock({ code, label }: { code: string; label: string }) {
  return (
    <div className="min-w-0 overflow-hidden rounded-lg border border-line bg-surface text-left text-ink">
      <div className="flex h-9 items-center justify-between border-b border-line bg-sunken pr-1 pl-3">
        <span className="truncate text-small text-muted">{label}</span>
        <CopyButton text={code} />
      </div>
      <ScrollRegion label={label} className="max-h-96 overflow-auto">
        <pre className="w-max min-w-full p-3 font-mono text-code">{code}</pre>
      </ScrollRegion>
    </div>
  )
}
