import type { LucideIcon } from 'lucide-react'
import CircleAlert from 'lucide-react/icons/circle-alert'
import CircleCheck from 'lucide-react/icons/circle-check'
import Info from 'lucide-react/icons/info'
import TriangleAlert from 'lucide-react/icons/triangle-alert'
import type { ReactNode } from 'react'

export type NoticeTone = 'info' | 'good' | 'warn' | 'bad'

const LOOKS: Readonly<Record<NoticeTone, { icon: LucideIcon; box: string; mark: string; word: string }>> = {
  info: { icon: Info, box: 'border-line bg-sunken', mark: 'text-muted', word: 'Note: ' },
  good: { icon: CircleCheck, box: 'border-good/40 bg-good-soft', mark: 'text-good-ink', word: 'Done: ' },
  warn: { icon: TriangleAlert, box: 'border-warn/40 bg-warn-soft', mark: 'text-warn-ink', word: 'Warning: ' },
  bad: { icon: CircleAlert, box: 'border-bad/40 bg-bad-soft', mark: 'text-bad-ink', word: 'Error: ' },
}

interface NoticeProps {
  tone: NoticeTone
  title?: ReactNode
  children?: ReactNode
}

/** Read aloud when it appears; at once if something failed. */
export function Notice({ tone, title, children }: NoticeProps) {
  const { icon: Icon, box, mark, word } = LOOKS[tone]
  return (
    <div role={tone === 'bad' ? 'alert' : 'status'} className={`grid grid-cols-[auto_minmax(0,1fr)] gap-x-2.5 rounded-lg border px-3 py-2.5 ${box}`}>
      <Icon className={`mt-0.5 size-4 ${mark}`} aria-hidden="true" />
      <div className="min-w-0 wrap-anywhere">
        <span className="sr-only">{word}</span>
        {title !== undefined && <p className="font-medium">{title}</p>}
        {children !== undefined && <div className="text-small text-pretty">{children}</div>}
      </div>
    </div>
  )
}
