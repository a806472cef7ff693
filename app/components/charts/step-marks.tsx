export interface StepValue {
  label: string
  value: string
  /** The colour of its series, as a class that sets the text's colour. */
  tone: string
  /** Of the plot's height, for a dot on a line; undefined for what has none. */
  share?: number | undefined
}

interface StepMarksProps {
  step: number
  steps: number
  title: string
  values: StepValue[]
}

/** At the chosen step: a hairline, a dot on each line, and the values in a box that stays inside of the plot. */
export function StepMarks({ step, steps, title, values }: StepMarksProps) {
  const left = `${((step + 0.5) / steps) * 100}%`
  const side = step < steps / 2 ? 'translate-x-3' : '-translate-x-[calc(100%+0.75rem)]'
  return (
    <div aria-hidden="true" className="pointer-events-none">
      <div className="absolute inset-y-0 w-px -translate-x-1/2 bg-muted" style={{ left }} />
      {values.map(({ label, tone, share }) =>
        share === undefined ? null : (
          <span
            key={label}
            className={`absolute size-2 -translate-x-1/2 translate-y-1/2 rounded-full border-2 border-surface bg-current ${tone}`}
            style={{ left, bottom: `${share * 100}%` }}
          />
        ),
      )}
      <div className={`absolute top-0 z-10 w-max rounded-sm bg-raised px-3 py-2 shadow-float ${side}`} style={{ left }}>
        <p className="text-tiny text-muted tabular-nums">{title}</p>
        <dl className="mt-1 grid grid-cols-[auto_auto] gap-x-4 text-small">
          {values.map(({ label, value, tone }) => (
            <div key={label} className="col-span-2 grid grid-cols-subgrid">
              <dt className="flex items-center gap-2">
                <span className={`size-2 rounded-xs bg-current ${tone}`} />
                {label}
              </dt>
              <dd className="text-right font-medium tabular-nums">{value}</dd>
            </div>
          ))}
        </dl>
      </div>
    </div>
  )
}
