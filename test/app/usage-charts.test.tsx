import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { timeTicks, valueAxis } from '../../app/components/charts/axes.ts'
import { UsageCharts } from '../../app/components/charts/usage-charts.tsx'
import { formatNumber } from '../../app/lib/format-number.ts'
import { readUsageRange, type UsagePoint, type UsageSeries } from '../../app/lib/usage-series.ts'

const STEP_MS = 1_800_000
const FROM_MS = Date.UTC(2026, 10, 21, 12)

function seriesOf(points: readonly Partial<UsagePoint>[]): UsageSeries {
  const filled = points.map((point, step) => ({
    at: new Date(FROM_MS + step * STEP_MS).toISOString(),
    calls: 0,
    errors: 0,
    p50Ms: null,
    p95Ms: null,
    ...point,
  }))
  return {
    from: filled[0]!.at,
    to: new Date(FROM_MS + points.length * STEP_MS).toISOString(),
    stepMs: STEP_MS,
    points: filled,
    totals: { calls: filled.reduce((sum, { calls }) => sum + calls, 0), errors: filled.reduce((sum, { errors }) => sum + errors, 0), p50Ms: 12, p95Ms: 140 },
  }
}

const call = { calls: 10, p50Ms: 12, p95Ms: 140 }
const render = (points: readonly Partial<UsagePoint>[]) => renderToStaticMarkup(<UsageCharts usage={seriesOf(points)} />)
const pathsOf = (html: string) => [...html.matchAll(/<path class="([^"]*)"[^>]*? d="([^"]*)"/g)].map(([, name, d]) => ({ name: name!, d: d! }))

describe('the charts of a namespace', () => {
  it('are drawn by the server, whole', () => {
    const html = render([call, call, { ...call, errors: 3 }])
    expect(html).toContain('aria-valuetext="21 Nov, 13:00–13:30: 10 calls, 3 errors"')
    expect(pathsOf(html).filter(({ d }) => d === '').length).toBe(0)
    expect(html).toContain('10.0 %')
  })

  it('interrupt the line of latency where nothing was called', () => {
    const line = pathsOf(render([call, call, {}, call, call])).find(({ name }) => name === 'text-series-1')!
    expect(line.d.match(/M/g)).toHaveLength(2)
  })

  it('show one failed call among a hundred thousand, as thinly as can be seen', () => {
    const errors = pathsOf(render([{ ...call, calls: 100_000, errors: 1 }])).find(({ name }) => name === 'fill-bad')!
    expect(errors.d).toContain('v-0.62')
  })

  it('say their numbers in a table too, without the steps in which nothing was called', () => {
    const html = render([call, {}, { ...call, errors: 3 }])
    expect(html.match(/<th scope="row"/g)).toHaveLength(2)
    expect(html).toContain('21 Nov, 13:00–13:30')
  })
})

describe('an axis', () => {
  it.each([
    [0, ['0', '1']],
    [3, ['0', '1', '2', '3']],
    [870, ['0', '200', '400', '600', '800', '1,000']],
    [1_234_567, ['0', '500,000', '1M', '1.5M']],
  ])('of whole numbers up to %d has whole ticks and room for all', (highest, labels) => {
    const axis = valueAxis(highest, { whole: true, label: formatNumber })
    expect(axis.ticks.map(({ label }) => label)).toEqual(labels)
    expect(axis.shareOf(highest)).toBeLessThanOrEqual(1)
  })

  it('of a week names days, one of a day names hours', () => {
    const week = timeTicks(Date.UTC(2026, 10, 15), Date.UTC(2026, 10, 22), 'utc')
    expect(week.map(({ label }) => label)).toContain('18 Nov')
    expect(timeTicks(FROM_MS, FROM_MS + 48 * STEP_MS, 'utc').map(({ label }) => label)).toContain('18:00')
  })
})

it('a range that is none of ours is a day', () => {
  expect([null, '', '1h', '7d', '365d', '__proto__'].map(readUsageRange)).toEqual(['24h', '24h', '1h', '7d', '24h', '24h'])
})
