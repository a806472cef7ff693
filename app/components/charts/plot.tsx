import type { ReactNode } from 'react'
import type { Tick } from './axes.ts'

/** The drawing's own units. It is stretched to the plot, so that a server can draw without knowing a width. */
export const PLOT = { width: 1000, height: 100 } as const

const percent = (share: number) => `${Math.round(share * 10_000) / 100}%`
/** A label in the middle of its tick, but not over the right edge; on the left there is room under the values. */
const alignment = (share: number) => (share > 0.97 ? '-translate-x-full' : '-translate-x-1/2')

interface PlotProps {
  valueTicks: Tick[]
  timeTicks: Tick[]
  /** Shapes in units of PLOT; lines need `vectorEffect="non-scaling-stroke"`. */
  drawing: ReactNode
  /** What lies over it: the cursor. */
  children: ReactNode
}

/** Grid, axes and a drawing between them. The axes are HTML: stretched text would be unreadable. */
export function Plot({ valueTicks, timeTicks, drawing, children }: PlotProps) {
  return (
    <div className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-2">
      <div aria-hidden="true" className="relative h-40 min-w-8 text-right text-tiny text-muted tabular-nums">
        {/* Takes the width of the widest label; the others are placed by their value. */}
        <span className="invisible">{valueTicks.reduce((widest, { label }) => (label.length > widest.length ? label : widest), '')}</span>
        {valueTicks.map(({ label, share }) => (
          <span key={share} className="absolute right-0 translate-y-1/2 whitespace-nowrap" style={{ bottom: percent(share) }}>
            {label}
          </span>
        ))}
      </div>
      <div className="relative h-40">
        {valueTicks.map(({ share }) => (
          <div key={share} className="absolute inset-x-0 border-t border-line" style={{ bottom: percent(share) }} />
        ))}
        <svg
          aria-hidden="true"
          viewBox={`0 0 ${PLOT.width} ${PLOT.height}`}
          preserveAspectRatio="none"
          className="absolute inset-0 size-full overflow-visible"
        >
          {drawing}
        </svg>
        {children}
      </div>
      <div aria-hidden="true" className="relative col-start-2 mt-2 h-5 text-tiny text-muted tabular-nums">
        {timeTicks.map(({ label, share }) => (
          <span key={share} className={`absolute whitespace-nowrap ${alignment(share)}`} style={{ left: percent(share) }}>
            {label}
          </span>
        ))}
      </div>
    </div>
  )
}
