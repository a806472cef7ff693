// The collector, as the operator has it: down, refusing, speaking protobuf, in a place where nobody else may be led to.
import { expect, it, onTestFinished } from 'vitest'
import { postAsHost } from '../support/post-as-host.ts'
import { startTracedPlugboard, tracedCaller } from '../support/traced-plugboard.ts'

async function startTraced(environment: Record<string, string> = {}) {
  const told: string[] = []
  const note = (message: string) => void (message.includes('collector') && told.push(message))
  const traced = await startTracedPlugboard({ environment, log: { debug() {}, info: note, warn: note, error: note } })
  onTestFinished(() => traced.stop())
  const call = (headers: Record<string, string> = {}) => traced.post('/shop/it/.tools/echo', { text: 'hi' }, headers)
  return { ...traced, told, call }
}

const FAILS = 'the collector does not take traces; they are dropped until it does'
const WORKS_AGAIN = 'the collector takes traces again'

it('one that is down is told of once, and no call notices', async () => {
  const { plugboard, told, call } = await startTraced({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1' })
  for (let round = 0; round < 3; round++) {
    expect((await call()).status).toBe(200)
    await plugboard.house.telemetry?.flush()
  }
  await plugboard.stop()
  expect(told).toEqual([FAILS])
})

it('one that refuses is told of once, and again when it does not any more', async () => {
  const { plugboard, collector, told, call } = await startTraced()
  for (const status of [503, 500, 200, 200]) {
    collector.answerWith(status)
    await call()
    await plugboard.house.telemetry?.flush()
  }
  await plugboard.stop()
  expect(told).toEqual([FAILS, WORKS_AGAIN])
})

it('protobuf is what it hears unless the operator says otherwise', async () => {
  const { plugboard, collector, call } = await startTraced({ OTEL_EXPORTER_OTLP_PROTOCOL: '' })
  const { traceId, traceparent } = tracedCaller()
  await call({ traceparent })
  await plugboard.stop()
  const bytes = Buffer.concat(collector.exports.map(({ body }) => body))
  expect(new Set(collector.exports.map(({ headers }) => headers['content-type']))).toEqual(new Set(['application/x-protobuf']))
  expect([bytes.includes(Buffer.from(traceId, 'hex')), bytes.includes('tools/call echo')]).toEqual([true, true])
})

it('traces go below the address that is given, whatever it ends with', async () => {
  for (const ending of ['/otel', '/otel/']) {
    const { plugboard, collector } = await startTraced()
    const other = await startTraced({ OTEL_EXPORTER_OTLP_ENDPOINT: `${collector.url}${ending}` })
    await other.call()
    await other.plugboard.stop()
    await plugboard.stop()
    expect(collector.exports.map(({ path }) => path)).toContain('POST /otel/v1/traces')
  }
})

it('on a server no connection may lead there because of that', async () => {
  const { plugboard, collector } = await startTraced({ HOST: '0.0.0.0', PUBLIC_URL: 'https://plugboard.example', ALLOW_GENERATED_KEK: '1' })
  expect(() => plugboard.house.egress.check(new URL('/mcp', collector.url), 'configured')).toThrow('must be https')
  await postAsHost(`${plugboard.url}/mcp/shop`, 'plugboard.example', {})
  await plugboard.stop()
  expect(collector.spans()).toMatchObject([{ name: 'POST /mcp/{namespace}' }])
})
