import { expect, it } from 'vitest'
import type { AppError } from '../../../server/lib/app-error.ts'
import { encodeSse } from '../../../server/mcp/sse.ts'
import { WholeAnswerSink } from '../../../server/mcp/whole-answer-sink.ts'

function createSink() {
  const told: string[] = []
  const sink = new WholeAnswerSink({
    whole: (status, bytes) => void told.push(`${status} ${bytes.toString()}`),
    fail: (error: AppError) => void told.push(error.code),
  })
  return { sink, told }
}

it('an answer in pieces is handed over whole, with its status', () => {
  const { sink, told } = createSink()
  sink.json(404)
  for (const piece of ['{"id"', ':1', '}']) sink.write(Buffer.from(piece))
  expect(told).toEqual([])
  sink.end()
  expect(told).toEqual(['404 {"id":1}'])
})

it('of a stream only its last message is the answer', () => {
  const { sink, told } = createSink()
  sink.events()
  for (const message of ['{"method":"a"}', '{"method":"b"}', '{\n"id":1}']) sink.write(encodeSse(message))
  sink.end()
  expect(told).toEqual(['200 {\n"id":1}'])
})

it('a stream without a message is one that was cut', () => {
  const { sink, told } = createSink()
  sink.events()
  sink.end()
  expect(told).toEqual(['upstream.stream_cut'])
})
