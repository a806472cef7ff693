import { expect, it } from 'vitest'
import { createTurnstile } from '../../../server/lib/turnstile.ts'
import { createGate } from '../../support/gate.ts'

it('lets so many run, so many wait, and refuses the rest; a failure gives its place on', async () => {
  const turnstile = createTurnstile({ running: 2, waiting: 1, refuse: () => new Error('full') })
  const gate = createGate()
  let running = 0
  let most = 0
  const task = (fails: boolean) => async () => {
    most = Math.max(most, ++running)
    await gate.opened
    running--
    if (fails) throw new Error('failed')
  }
  const tasks = [turnstile.run(task(true)), turnstile.run(task(false)), turnstile.run(task(false))]
  await expect(turnstile.run(task(false))).rejects.toThrow('full')
  gate.open()
  expect((await Promise.allSettled(tasks)).map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled'])
  expect(most).toBe(2)
  await expect(turnstile.run(async () => 'free again')).resolves.toBe('free again')
})
