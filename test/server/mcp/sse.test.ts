import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeSse, SseOverflow, SseSplitter, type SseEvent } from '../../../server/mcp/sse.ts'
import { checkProperty, chunksOf, cuts } from '../lib/check-property.ts'

const split = (chunks: readonly (Buffer | string)[], maxBytes = 1_000_000): SseEvent[] => {
  const splitter = new SseSplitter(maxBytes)
  return chunks.flatMap((chunk) => splitter.push(Buffer.from(chunk)))
}
/** Ends a last event whose "\r" could still be followed by "\n". */
const END = ':\n\n'
const read = (text: string) => split([text + END])[0]
const show = ({ raw, data, ...rest }: SseEvent) => ({ ...rest, raw: raw.toString(), data: data?.toString() })

describe('an event is read as the HTML standard says', () => {
  it.each([
    ['data alone', 'data: x\n\n', { event: 'message', data: 'x' }],
    ['data without a space', 'data:x\n\n', { data: 'x' }],
    ['one space only is left out', 'data:  x\n\n', { data: ' x' }],
    ['several lines of data', 'data: a\ndata\ndata: b\n\n', { data: 'a\n\nb' }],
    ['a name', 'event: endpoint\ndata: /x\n\n', { event: 'endpoint', data: '/x' }],
    ['an id', 'id: 7\ndata: x\n\n', { id: '7' }],
    ['an id with NUL is none', 'id: 7\0\ndata: x\n\n', { id: undefined }],
    ['a retry', 'retry: 2500\ndata: x\n\n', { retryMs: 2500 }],
    ['a retry that is no number is none', 'retry: 1e3\ndata: x\n\n', { retryMs: undefined }],
    ['a comment', ': ping\n\n', { data: undefined }],
    ['an unknown field', 'dat: x\n\n', { data: undefined }],
    ['carriage returns', 'event: a\rdata: x\r\r', { event: 'a', data: 'x' }],
    ['both', 'event: a\r\ndata: x\r\n\r\n', { event: 'a', data: 'x' }],
    ['a mix of all', 'event: a\rdata: x\ndata: y\r\n\r', { event: 'a', data: 'x\ny' }],
    ['blank lines before it', '\n\r\ndata: x\n\n', {}],
  ])('%s', (_title, text, expected) => {
    const event = read(text)
    expect(event && show(event)).toMatchObject(expected)
  })

  it('what is not complete is not an event yet', () => {
    expect(split(['data: x\n'])).toEqual([])
    expect(split(['data: x\n', '\n']).map(show)).toMatchObject([{ data: 'x' }])
    expect(split(['data: x\r\n\r', '\n', 'data: y\n\n']).map(show)).toMatchObject([{ raw: 'data: x\r\n\r\n' }, { data: 'y' }])
  })
})

describe('for any stream', () => {
  const line = fc.oneof(
    fc.constantFrom('', 'data: x', 'data:', 'data', 'event: endpoint', 'id: 1', 'retry: 5', ': comment', 'data: é日😀'),
    fc.string({ unit: 'grapheme' }).map((text) => `data: ${text.replace(/[\r\n]/g, '')}`)
  )
  const stream = fc.array(fc.tuple(line, fc.constantFrom('\n', '\r\n', '\r'))).map((lines) => Buffer.from(lines.flat().join('')))

  it('the events are the same wherever it is cut, and together they are the stream', () => {
    checkProperty(
      fc.property(stream, cuts, (bytes, places) => {
        const all = Buffer.concat([bytes, Buffer.from(END)])
        const events = split(chunksOf(all, places))
        expect(events.map(show)).toEqual(split([all]).map(show))
        expect(Buffer.concat(events.map(({ raw }) => raw)).equals(all)).toBe(true)
      })
    )
  })

  it('every event ends with its blank line and has none inside', () => {
    checkProperty(
      fc.property(stream, (bytes) => {
        for (const { raw } of split([bytes, END])) {
          const lines = raw.toString().split(/\r\n|\n|\r/)
          expect(lines.slice(-2)).toEqual(['', ''])
          // Blank lines may only lead.
          const first = lines.findIndex((text) => text !== '')
          expect(first < 0 ? [] : lines.slice(first, -2)).not.toContain('')
        }
      })
    )
  })

  it('a message that was encoded comes out as it went in, indented or not', () => {
    checkProperty(
      fc.property(fc.jsonValue(), fc.constantFrom(undefined, 2), fc.constantFrom('\n', '\r\n', '\r'), (value, indent, lineBreak) => {
        const message = JSON.stringify({ jsonrpc: '2.0', id: 1, result: value }, null, indent).replaceAll('\n', lineBreak)
        const events = split([encodeSse(message)])
        expect(events).toHaveLength(1)
        expect(JSON.parse(events[0]!.data!.toString())).toEqual(JSON.parse(message))
      })
    )
  })
})

describe('an event that outgrows the limit is refused', () => {
  const event = `data: ${'x'.repeat(92)}\n\n`

  it('at the first byte too many, whether it is complete or not', () => {
    expect(split([event], 100)).toHaveLength(1)
    expect(() => split([event], 99)).toThrow(SseOverflow)
    expect(() => split(['data: ', 'x'.repeat(95)], 100)).toThrow(SseOverflow)
  })

  it('while any number of small ones passes', () => {
    expect(split([event.repeat(50), event], 100)).toHaveLength(51)
  })
})

it('events that were handed out do not change when more of the stream comes', () => {
  const splitter = new SseSplitter(1000)
  splitter.push(Buffer.from('data: one'))
  const [first] = splitter.push(Buffer.from('\n\ndata: two and'))
  const [second] = splitter.push(Buffer.from(' a half\n\ndata: three'))
  splitter.push(Buffer.from(' XXXXXXXXXXXXXXXXXXXXXXXXXXXX\n\n'))
  expect([first?.data?.toString(), second?.data?.toString()]).toEqual(['one', 'two and a half'])
  expect(second?.raw.toString()).toBe('data: two and a half\n\n')
})

it('a server that dribbles a large event does not have all of it copied for every byte', () => {
  const splitter = new SseSplitter(8_000_000)
  splitter.push(Buffer.from(`data: ${'x'.repeat(4_000_000)}`))
  const byte = Buffer.from('x')
  const before = process.cpuUsage()
  for (let i = 0; i < 20_000; i++) splitter.push(byte)
  const { user, system } = process.cpuUsage(before)
  // Copying four megabytes 20,000 times takes more than ten seconds anywhere.
  expect((user + system) / 1000).toBeLessThan(3000)
  expect(splitter.push(Buffer.from('\n\n'))[0]?.data?.length).toBe(4_020_000)
})
