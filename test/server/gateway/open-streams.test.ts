import { expect, it } from 'vitest'
import { OpenStreams } from '../../../server/gateway/open-streams.ts'

const streamOf = (isStillPermitted: () => Promise<boolean>) => {
  const stream = { isStillPermitted, ends: 0, end: () => void (stream.ends += 1) }
  return stream
}

it('a stream ends when its caller may no longer have it, or when nobody can tell', async () => {
  const streams = new OpenStreams()
  const permitted = streamOf(async () => true)
  const revoked = streamOf(async () => false)
  const unclear = streamOf(async () => Promise.reject(new Error('the database is away')))
  for (const stream of [permitted, revoked, unclear]) streams.add(stream)
  await streams.recheck()
  expect([permitted.ends, revoked.ends, unclear.ends]).toEqual([0, 1, 1])
})

it('a stream that is over is not asked about again', async () => {
  const streams = new OpenStreams()
  let asked = 0
  const forget = streams.add(streamOf(async () => ++asked > 0))
  await streams.recheck()
  forget()
  forget()
  await streams.recheck()
  expect([asked, streams.size]).toEqual([1, 0])
})

it('one slow answer does not keep the others from ending', async () => {
  const streams = new OpenStreams()
  let answer = (_permitted: boolean) => {}
  const slow = streamOf(() => new Promise((resolve) => (answer = resolve)))
  const revoked = streamOf(async () => false)
  streams.add(slow)
  streams.add(revoked)
  const recheck = streams.recheck()
  await Promise.resolve()
    .then(() => undefined)
    .then(() => undefined)
  expect(revoked.ends).toBe(1)
  answer(false)
  await recheck
  expect(slow.ends).toBe(1)
})

it('all of them end when the house closes, also those that forget themselves while they end', () => {
  const streams = new OpenStreams()
  let ended = 0
  for (let i = 0; i < 3; i++) {
    const forget = streams.add({
      isStillPermitted: async () => true,
      end: () => {
        ended += 1
        forget()
      },
    })
  }
  streams.endAll()
  expect([ended, streams.size]).toEqual([3, 0])
})
