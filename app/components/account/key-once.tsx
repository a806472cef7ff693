import { CopyButton } from '../../ui/copy-button.tsx'

/** A secret that no later page can show: selectable in one click, and copied by one button. */
export function KeyOnce({ value, label = 'API key' }: { value: string; label?: string }) {
  return (
    <div className="grid min-w-0 gap-2">
      <p className="font-medium">{label}</p>
      <div className="flex items-center gap-2 rounded-lg border border-line bg-canvas py-1 pr-1 pl-3">
        <code className="min-w-0 flex-1 font-mono text-code break-all select-all">{value}</code>
        <CopyButton text={value} />
      </div>
    </div>
  )
}
