// What a trace goes on from, and who decides whether it is exported.
import { expect, it, onTestFinished } from 'vitest'
import { callsOf, echoCall, metaOf, startTracedPlugboard, tracedCaller, type TracedOptions } from '../support/traced-plugboard.ts'

async function startTraced(options?: TracedOptions) {
  const traced = await startTracedPlugboard(options)
  onTestFinished(() => traced.stop())
  return traced
}

it('a message’s own trace wins over that of the request which carries it, and is linked to it', async () => {
  const { post, plugboard, spanOf, spansOf } = await startTraced()
  const [inHeader, inMessage] = [tracedCaller(), tracedCaller()]
  await post('/connect/shop/it/mcp', echoCall({ traceparent: inMessage.traceparent }), { traceparent: inHeader.traceparent })
  await plugboard.stop()
  const { traceId, spanId } = inHeader
  expect(spanOf(inMessage.traceId, 'server')).toMatchObject({ parentSpanId: inMessage.spanId, links: [{ traceId, spanId }] })
  expect(spansOf(traceId)).toEqual([])
})

it.each([
  ['nothing', ''],
  ['a word', 'x'],
  ['zeros', `00-${'0'.repeat(32)}-${'1'.repeat(16)}-01`],
  ['a version that cannot be', `ff-${'1'.repeat(32)}-${'1'.repeat(16)}-01`],
  ['capitals', `00-${'A'.repeat(32)}-${'1'.repeat(16)}-01`],
  ['more than the version has', `00-${'1'.repeat(32)}-${'1'.repeat(16)}-01-more`],
  ['something long', '00-'.repeat(5000)],
])('%s is no trace context, and starts a new trace', async (_title, traceparent) => {
  const { post, plugboard, upstream, spanOf } = await startTraced()
  await post('/connect/shop/it/mcp', echoCall({ traceparent, tracestate: 'vendor=1' }))
  await plugboard.stop()
  const meta = metaOf(callsOf(upstream)[0]!)
  const [, traceId = ''] = /^00-([0-9a-f]{32})-[0-9a-f]{16}-01$/.exec(String(meta.traceparent)) ?? []
  expect(traceId).not.toMatch(/^1*$/)
  expect(meta).not.toHaveProperty('tracestate')
  expect(spanOf(traceId, 'server')).toMatchObject({ name: 'tools/call echo' })
  expect(spanOf(traceId, 'server')?.parentSpanId ?? '').toBe('')
})

it('a tracestate goes on only as far as it is one', async () => {
  const { post, plugboard, upstream } = await startTraced()
  const { traceparent } = tracedCaller()
  await post('/connect/shop/it/mcp', echoCall({ traceparent, tracestate: `a=1,B B=2,é=3,${'x'.repeat(600)}=4,c="\\` }))
  await plugboard.stop()
  expect(metaOf(callsOf(upstream)[0]!).tracestate).toBe('a=1,c="\\')
})

it('a caller that is not sampled is not exported, and its server hears so', async () => {
  const { post, plugboard, upstream, spansOf } = await startTraced()
  const { traceId, spanId, traceparent } = tracedCaller('00')
  await post('/connect/shop/it/mcp', echoCall({ traceparent }))
  await plugboard.stop()
  expect(spansOf(traceId)).toEqual([])
  expect(metaOf(callsOf(upstream)[0]!).traceparent).toMatch(new RegExp(`^00-${traceId}-(?!${spanId})[0-9a-f]{16}-00$`))
})

const [YES, NO, NOBODY] = ['01', '00', undefined]
it.each([
  ['', YES, 2],
  ['', NO, 0],
  ['', NOBODY, 2],
  ['always_on', NO, 2],
  ['always_off', YES, 0],
  ['parentbased_always_off', YES, 2],
  ['parentbased_always_off', NOBODY, 0],
  ['traceidratio', YES, 0],
  ['parentbased_traceidratio', YES, 2],
  ['parentbased_traceidratio', NOBODY, 0],
])('with the sampler %j and a ratio of 0, a call whose caller says %j makes %i spans', async (sampler, flags, count) => {
  const { post, plugboard, collector } = await startTraced({ environment: { OTEL_TRACES_SAMPLER: sampler, OTEL_TRACES_SAMPLER_ARG: '0' } })
  await post('/shop/it/.tools/echo', { text: 'hi' }, flags === undefined ? {} : { traceparent: tracedCaller(flags).traceparent })
  await plugboard.stop()
  expect(collector.spans().filter(({ name }) => /\.tools|tools\/call/.test(name))).toHaveLength(count)
})
