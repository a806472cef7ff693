import { describe, expect, it } from 'vitest'
import { silentLogger } from '../../../server/lib/logger.ts'
import { IDLE_SESSION_MS, UpstreamPool } from '../../../server/mcp/upstream-pool.ts'
import type { InFlightCall } from '../../../server/mcp/in-flight-calls.ts'
import { createGate } from '../../support/gate.ts'
import { fakeUpstream, numberedSessions, targetOf, type FakeAnswer, type SentRequest } from './fake-upstream.ts'

function createPool(answer: (request: SentRequest) => FakeAnswer | Promise<FakeAnswer> = numberedSessions()) {
  const clock = { nowMs: 1_000_000 }
  const upstream = fakeUpstream(answer)
  const pool = new UpstreamPool({ egress: upstream.egress, now: () => clock.nowMs, log: silentLogger })
  const goodbyes = () => upstream.asked().filter((line) => line.startsWith('DELETE'))
  return { clock, pool, upstream, goodbyes, opened: () => upstream.asked().filter((line) => line === 'initialize').length }
}
const call: InFlightCall = { principal: 'a', callerIdToken: '1', place: -1, cancel() {} }

describe('a session is opened once', () => {
  it('for callers who ask at the same time and for those who come later', async () => {
    const { pool, opened } = createPool()
    const sessions = await Promise.all(Array.from({ length: 50 }, (_caller, index) => pool.acquire(targetOf(), `principal-${index}`)))
    expect(new Set([...sessions, await pool.acquire(targetOf(), 'late'), pool.find(targetOf(), 'later')]).size).toBe(1)
    expect([opened(), pool.size]).toEqual([1, 1])
  })

  it("per principal where a server keeps a person's state in it", async () => {
    const { pool, opened } = createPool()
    const target = targetOf({ sessions: 'per-actor' })
    const [ann, bob, annAgain] = await Promise.all([pool.acquire(target, 'ann'), pool.acquire(target, 'bob'), pool.acquire(target, 'ann')])
    expect(ann).toBe(annAgain)
    expect(ann).not.toBe(bob)
    expect([opened(), pool.find(target, 'carol')]).toEqual([2, undefined])
  })

  it('per connection, whoever asks', async () => {
    const { pool } = createPool()
    const one = await pool.acquire(targetOf(), 'a')
    expect(await pool.acquire(targetOf({ connectionUid: 'con_2' }), 'a')).not.toBe(one)
  })

  it("and a failure is everybody's, but not for ever", async () => {
    let broken = true
    const honest = numberedSessions()
    const { pool } = createPool((request) => (broken ? { status: 500 } : honest(request)))
    const failures = await Promise.allSettled([pool.acquire(targetOf(), 'a'), pool.acquire(targetOf(), 'b')])
    expect(failures.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    broken = false
    await expect(pool.acquire(targetOf(), 'a')).resolves.toMatchObject({ sessionId: 'session-1' })
  })
})

describe('a session opened under another revision of the connection', () => {
  it('is not used again, and ended', async () => {
    const { pool, goodbyes } = createPool()
    const old = await pool.acquire(targetOf(), 'a')
    expect(pool.find(targetOf({ revision: '2 a' }), 'a')).toBeUndefined()
    expect(goodbyes()).toEqual(['DELETE session-1'])
    expect(await pool.acquire(targetOf({ revision: '2 a' }), 'a')).not.toBe(old)
  })

  it('lives until its last call is answered', async () => {
    const { pool, goodbyes } = createPool()
    const old = await pool.acquire(targetOf(), 'a')
    old.inFlight.add(call)
    await pool.reopen(targetOf(), 'a')
    pool.sweep()
    expect(goodbyes()).toEqual([])
    old.inFlight.delete(call)
    pool.sweep()
    pool.sweep()
    expect(goodbyes()).toEqual(['DELETE session-1'])
    expect(pool.size).toBe(1)
  })

  it('does not push out a newer one without ending it, when both were being opened', async () => {
    const honest = numberedSessions()
    const gates: (() => void)[] = []
    const { pool, goodbyes } = createPool(async (request) => {
      if (request.message?.method === 'initialize') await new Promise<void>((open) => gates.push(open))
      return honest(request)
    })
    const older = pool.acquire(targetOf({ revision: '1 a' }), 'a')
    const newer = pool.acquire(targetOf({ revision: '2 a' }), 'a')
    gates[1]!()
    await newer
    gates[0]!()
    await older
    expect([pool.size, goodbyes()]).toEqual([1, ['DELETE session-1']])
    expect(pool.find(targetOf({ revision: '2 a' }), 'a')).toBeUndefined()
    expect(goodbyes()).toEqual(['DELETE session-1', 'DELETE session-2'])
  })
})

describe('a session ends', () => {
  it('when nobody used it for ten minutes, unless a call is on its way', async () => {
    const { pool, clock, goodbyes } = createPool()
    const idle = await pool.acquire(targetOf(), 'a')
    const busy = await pool.acquire(targetOf({ connectionUid: 'con_2' }), 'a')
    busy.inFlight.add(call)
    clock.nowMs += IDLE_SESSION_MS
    pool.sweep()
    expect(goodbyes()).toEqual([])
    clock.nowMs += 1
    pool.sweep()
    expect(goodbyes()).toEqual([`DELETE ${idle.sessionId}`])
    expect(pool.size).toBe(1)
  })

  it('later, if it is used meanwhile', async () => {
    const { pool, clock, goodbyes } = createPool()
    await pool.acquire(targetOf(), 'a')
    clock.nowMs += IDLE_SESSION_MS
    pool.find(targetOf(), 'a')
    clock.nowMs += IDLE_SESSION_MS
    pool.sweep()
    expect(goodbyes()).toEqual([])
  })

  it('with its connection, also one that was retired, and no other', async () => {
    const { pool, goodbyes } = createPool()
    const retired = await pool.acquire(targetOf(), 'a')
    retired.inFlight.add(call)
    await pool.reopen(targetOf(), 'a')
    await pool.acquire(targetOf({ connectionUid: 'con_2' }), 'a')
    pool.dropConnection('con_1')
    expect(goodbyes().sort()).toEqual(['DELETE session-1', 'DELETE session-2'])
    expect(pool.size).toBe(1)
  })

  it.each([
    ['its connection is deleted', (pool: UpstreamPool) => pool.dropConnection('con_1')],
    ['the house closes', (pool: UpstreamPool) => pool.close()],
  ])('as soon as it is open, when meanwhile %s', async (_why, end) => {
    const honest = numberedSessions()
    const gate = createGate()
    const { pool, goodbyes, opened } = createPool(async (request) => {
      if (request.message?.method === 'initialize') await gate.opened
      return honest(request)
    })
    const opening = pool.acquire(targetOf(), 'a')
    await end(pool)
    // Whoever asks afterwards does not get what was given up.
    const next = pool.acquire(targetOf(), 'b')
    gate.open()
    await expect(opening).rejects.toMatchObject({ code: 'upstream.opened_in_vain' })
    expect(goodbyes()).toEqual(['DELETE session-1'])
    expect(pool.find(targetOf(), 'b')).toBe(await next)
    expect([opened(), pool.size]).toEqual([2, 1])
  })

  it('without a goodbye when the upstream does not know it any more', async () => {
    const { pool, goodbyes } = createPool()
    pool.discard(await pool.acquire(targetOf(), 'a'))
    expect([goodbyes(), pool.find(targetOf(), 'a')]).toEqual([[], undefined])
  })

  it('for a replacement that is in place already, which stays', async () => {
    const { pool } = createPool()
    const lost = await pool.acquire(targetOf(), 'a')
    pool.discard(lost)
    const replacement = await pool.acquire(targetOf(), 'a')
    pool.discard(lost)
    expect(pool.find(targetOf(), 'a')).toBe(replacement)
  })

  it("with the house, with its credential, and a refusal to say goodbye is nobody's problem", async () => {
    const honest = numberedSessions()
    const { pool, upstream } = createPool((request) => (request.method === 'DELETE' ? { status: 405 } : honest(request)))
    await pool.acquire(targetOf(), 'a')
    await pool.close()
    expect(upstream.sent.at(-1)).toMatchObject({
      method: 'DELETE',
      headers: { 'x-api-key': 'secret', 'mcp-session-id': 'session-1', 'mcp-protocol-version': '2025-11-25' },
    })
    expect(pool.size).toBe(0)
  })
})
