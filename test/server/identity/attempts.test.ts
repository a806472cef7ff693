import { expect, it } from 'vitest'
import { createAttempts } from '../../../server/context/attempts.ts'
import { beginAttempt } from '../../../server/identity/attempts.ts'

const house = (now = () => 0) => ({ attempts: createAttempts(now) })
const from = (address: string) => ({ address, userAgent: '' })

it('a subscriber’s whole IPv6 network is one address', () => {
  const at = house()
  for (let host = 1; host <= 50; host++) beginAttempt(at, from(`2001:db8:0:1::${host.toString(16)}`))
  expect(() => beginAttempt(at, from('2001:db8:0:1:ffff::1'))).toThrow('Too many attempts')
  expect(() => beginAttempt(at, from('2001:db8:0:2::1'))).not.toThrow()
})

it('who gets in does not use up the tries of those behind the same address', () => {
  const at = house()
  for (let person = 0; person < 200; person++) beginAttempt(at, from('198.51.100.1'), `p${person}@example.com`).succeeded()
  expect(() => beginAttempt(at, from('198.51.100.1'), 'last@example.com')).not.toThrow()
})

it('how long to wait is what is left of the quarter of an hour', () => {
  let nowMs = 0
  const at = house(() => nowMs)
  for (let tried = 0; tried < 10; tried++) beginAttempt(at, from('198.51.100.1'), 'a@example.com')
  nowMs = 600_500
  expect(() => beginAttempt(at, from('198.51.100.2'), 'a@example.com')).toThrow(expect.objectContaining({ retryAfterSeconds: 300 }))
})
