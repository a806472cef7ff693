import type { ReactNode } from 'react'

export interface Headline {
  label: string
  value: string
  /** How its series is drawn in the chart below. */
  swatch: ReactNode
  note?: string | undefined
}

/** A chart under the numbers that it adds up to; their labels are its legend. */
export function FigurePanel({ title, headlines, children }: { title: string; headlines: Headline[]; children: ReactNode }) {
  return (
    <figure className="min-w-0 rounded-lg border border-line bg-surface p-4">
      <figcaption className="sr-only">{title}</figcaption>
      <dl className="mb-5 flex flex-wrap gap-x-10 gap-y-2">
        {headlines.map(({ label, value, swatch, note }) => (
          <div key={label}>
            <dt className="flex items-center gap-2 text-small text-muted">
              {swatch}
              {label}
            </dt>
            <dd className="flex items-baseline gap-2">
              <span className="text-figure font-semibold tabular-nums">{value}</span>
              {note !== undefined && <span className="text-small text-muted tabular-nums">{note}</span>}
            </dd>
          </div>
        ))}
      </dl>
      {children}
    </figure>
  )
}
