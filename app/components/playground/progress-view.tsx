import type { RunProgress } from '../../lib/tool-run.ts'

/** How far the tool says it is: a bar if it says of how much. */
export function ProgressView({ progress }: { progress: RunProgress | undefined }) {
  const { progress: done = 0, total, message } = progress ?? {}
  const share = total === undefined ? undefined : Math.min(1, Math.max(0, done / total))
  return (
    <div className="grid gap-2">
      <div className="relative h-1.5 overflow-hidden rounded-full bg-idle-soft">
        {/* The browser's own bar cannot be drawn alike everywhere, so it is there to be read. */}
        <progress aria-label="Progress of the tool" className="sr-only" max={1} {...(share !== undefined && { value: share })} />
        <div
          aria-hidden="true"
          className={share === undefined ? 'h-full w-1/3 animate-travel bg-accent' : 'h-full bg-accent transition-[width] duration-200'}
          style={share === undefined ? undefined : { width: `${share * 100}%` }}
        />
      </div>
      <p className="flex min-h-5 justify-between gap-4 text-small text-muted">
        <span className="min-w-0 wrap-anywhere">{message ?? (progress ? '' : 'Waiting for the server')}</span>
        {progress && <span className="shrink-0 tabular-nums">{total === undefined ? done : `${done} of ${total}`}</span>}
      </p>
    </div>
  )
}
