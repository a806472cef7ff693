import type { LiveState } from '../lib/live-connections.ts'

const LOOKS: Readonly<Record<LiveState, { text: string; title: string; mark: string }>> = {
  connecting: { text: 'Connecting', title: 'Asking Plugboard for changes', mark: 'border-idle' },
  live: { text: 'Live', title: 'Changes appear here as they happen', mark: 'border-good bg-good' },
  reconnecting: { text: 'Reconnecting', title: 'Changes may be late: the stream from Plugboard broke', mark: 'animate-breathe border-warn' },
}

/** A ring, a full dot, a breathing ring; and the word for it. */
export function LiveIndicator({ state }: { state: LiveState }) {
  const { text, title, mark } = LOOKS[state]
  return (
    <output title={title} className="flex items-center gap-2 text-tiny text-muted">
      <span className={`size-2 rounded-full border-[1.5px] ${mark}`} aria-hidden="true" />
      {text}
    </output>
  )
}
