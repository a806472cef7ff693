import type { ConnectionUsage } from './connection-types.ts'

const BARS = 48
const HEIGHT = 40

/** As many bars as can be told apart; each is the sum of its points. */
function gather(points: ConnectionUsage['points']): { calls: number; errors: number }[] {
  const size = Math.max(1, Math.ceil(points.length / BARS))
  const sumOf = (part: typeof points, member: 'calls' | 'errors') => part.reduce((sum, point) => sum + point[member], 0)
  return Array.from({ length: Math.ceil(points.length / size) }, (_, bar) => {
    const part = points.slice(bar * size, (bar + 1) * size)
    return { calls: sumOf(part, 'calls'), errors: sumOf(part, 'errors') }
  })
}

/** The shape of a day, failures at the foot of each bar. Its numbers stand beside it, so nobody has to see it. */
export function UsageBars({ points }: Pick<ConnectionUsage, 'points'>) {
  const bars = gather(points)
  const most = Math.max(1, ...bars.map(({ calls }) => calls))
  const heightOf = (count: number) => (count === 0 ? 0 : Math.max(2, (count / most) * HEIGHT))
  return (
    <svg viewBox={`0 0 ${bars.length * 4} ${HEIGHT}`} preserveAspectRatio="none" className="h-10 w-full" aria-hidden="true">
      {bars.map(({ calls, errors }, index) => (
        <g key={index}>
          <rect x={index * 4} y={HEIGHT - heightOf(calls)} width={3} height={heightOf(calls)} className="fill-accent" />
          <rect x={index * 4} y={HEIGHT - heightOf(errors)} width={3} height={heightOf(errors)} className="fill-bad" />
          {calls === 0 && <rect x={index * 4} y={HEIGHT - 1} width={3} height={1} className="fill-line" />}
        </g>
      ))}
    </svg>
  )
}
