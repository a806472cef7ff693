const LINES = { solid: undefined, dashed: '4 3' } as const

/** In a legend: the colour of a series and the way it is drawn, so that neither has to be told apart alone. */
export function Swatch({ tone, form }: { tone: string; form: 'bar' | keyof typeof LINES }) {
  if (form === 'bar') return <span aria-hidden="true" className={`size-2 rounded-xs bg-current ${tone}`} />
  return (
    <svg aria-hidden="true" viewBox="0 0 18 4" className={`h-1 w-[18px] ${tone}`}>
      <path d="M1 2h16" stroke="currentColor" strokeWidth="2" strokeLinecap="round" strokeDasharray={LINES[form]} />
    </svg>
  )
}
