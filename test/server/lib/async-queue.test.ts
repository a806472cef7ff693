import { describe, expect, it } from 'vitest'
import { AsyncQueue } from '../../../server/lib/async-queue.ts'

async function readAll(queue: AsyncQueue<number>): Promise<unknown[]> {
  const read: unknown[] = []
  try {
    for await (const item of queue.read()) read.push(item)
  } catch (error) {
    read.push(error)
  }
  return read
}

describe('a queue with one reader', () => {
  it('gives what was pushed before and while it is read, in order, and then ends', async () => {
    const queue = new AsyncQueue<number>()
    queue.push(1)
    queue.push(2)
    const reading = readAll(queue)
    await Promise.resolve()
    queue.push(3)
    queue.close()
    expect(await reading).toEqual([1, 2, 3])
  })

  it('fails after what was pushed before the failure, and takes nothing afterwards', async () => {
    const queue = new AsyncQueue<number>()
    queue.push(1)
    queue.fail('broken')
    queue.push(2)
    queue.close()
    expect(await readAll(queue)).toEqual([1, 'broken'])
  })

  it('wakes up a reader who waits', async () => {
    const queue = new AsyncQueue<number>()
    const waiting = queue.read().next()
    queue.push(7)
    expect(await waiting).toEqual({ done: false, value: 7 })
  })
})
