import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import { Feed } from '../../../server/lib/feed.ts'
import { friendlyConnectionId, newId, newRequestId, randomBase62 } from '../../../server/lib/ids.ts'
import { createLogger } from '../../../server/lib/logger.ts'
import { createPause } from '../../../server/lib/pause.ts'
import { Secret } from '../../../server/lib/secret.ts'
import { SingleFlight } from '../../../server/lib/single-flight.ts'

it('a secret shows itself only to who asks for it', () => {
  const secret = new Secret('s3cret')
  const shown = [
    String(secret),
    `${secret}`,
    JSON.stringify({ secret }),
    inspect({ secret }, { showHidden: true, depth: 9 }),
    Object.values(secret).join(),
  ]
  expect(shown.join()).not.toContain('s3cret')
  expect(secret.reveal()).toBe('s3cret')
})

describe('callers of one flight', () => {
  it('share one run by key, its failure too, and the next caller starts another', async () => {
    const flights = new SingleFlight<number>()
    let runs = 0
    const start = async () => ++runs
    expect(await Promise.all([flights.run('a', start), flights.run('a', start), flights.run('b', start)])).toEqual([1, 1, 2])
    expect(await flights.run('a', start)).toBe(3)
    const failing = () => Promise.reject(new Error('no'))
    const failures = await Promise.allSettled([flights.run('a', failing), flights.run('a', start)])
    expect(failures.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    expect(await flights.run('a', start)).toBe(4)
  })
})

describe('an identifier', () => {
  it('has its length, its alphabet and no twin', () => {
    for (const length of [0, 1, 22, 43, 200]) expect(randomBase62(length)).toMatch(new RegExp(`^[0-9A-Za-z]{${length}}$`))
    expect(new Set(Array.from({ length: 2000 }, () => newId('con'))).size).toBe(2000)
    expect(new Set(Array.from({ length: 2000 }, newRequestId)).size).toBe(2000)
    expect(newId('con')).toMatch(/^con_[0-9A-Za-z]{22}$/)
    expect(friendlyConnectionId()).toMatch(/^[a-z]+-[a-z]+-[0-9A-Za-z]{4}$/)
  })

  it('favours no character', () => {
    const counts = new Map<string, number>()
    for (const sign of randomBase62(62_000)) counts.set(sign, (counts.get(sign) ?? 0) + 1)
    // A thousand each; a modulo of 256 would favour eight of them by a quarter, far from this by chance.
    expect(counts.size).toBe(62)
    expect(Math.max(...counts.values())).toBeLessThan(1200)
    expect(Math.min(...counts.values())).toBeGreaterThan(800)
  })
})

describe('a feed', () => {
  it('tells every listener what comes from then on, in order, until it leaves', async () => {
    const feed = new Feed<number>()
    const leaving = new AbortController()
    const heard: number[] = []
    const listen = async () => {
      for await (const news of feed.subscribe(leaving.signal)) if (heard.push(news) === 3) leaving.abort()
    }
    feed.publish(0)
    const listening = listen()
    for (const news of [1, 2, 3]) feed.publish(news)
    await listening
    expect(heard).toEqual([1, 2, 3])
  })

  it('ends at once for who has left before it began', async () => {
    const heard: unknown[] = []
    for await (const news of new Feed().subscribe(AbortSignal.abort())) heard.push(news)
    expect(heard).toEqual([])
  })
})

it('a pause is over when it is cancelled, or its reason is gone, whatever time is left', async () => {
  const leaving = new AbortController()
  const pauses = [createPause(1e9, leaving.signal), createPause(1e9, leaving.signal), createPause(1e9, AbortSignal.abort())]
  pauses[0]!.cancel()
  leaving.abort()
  expect(await Promise.all(pauses.map(({ passed }) => passed))).toEqual([undefined, undefined, undefined])
})

describe('a log line', () => {
  const logged = (write: (log: ReturnType<typeof createLogger>) => void) => {
    let text = ''
    write(createLogger('debug', { write: (line) => void (text += line) }))
    return text
  }

  it('says of a foreign error where it happened and not what it quotes', () => {
    const foreign = Object.assign(new TypeError('cannot read https://x.example?key=s3cret'), { code: 'ERR_X' })
    const text = logged((log) => log.error('it failed', { requestId: 'req_1', error: foreign }))
    expect(text).not.toContain('s3cret')
    expect(JSON.parse(text)).toMatchObject({
      level: 'error',
      msg: 'it failed',
      requestId: 'req_1',
      error: { name: 'TypeError', code: 'ERR_X' },
    })
    expect(text).toMatch(/"frames":\["at [^"]*small-parts\.test/)
  })

  it('keeps quiet about whatever else was thrown', () => {
    for (const thrown of ['s3cret', { token: 's3cret' }, ['s3cret']])
      expect(logged((log) => log.warn('it failed', { error: thrown }))).not.toContain('s3cret')
  })
})
