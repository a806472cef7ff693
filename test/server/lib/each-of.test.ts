import { expect, it } from 'vitest'
import { eachOf } from '../../../server/lib/each-of.ts'
import { Feed } from '../../../server/lib/feed.ts'

it('what several feeds say comes in its order, each under its name, until the listener leaves', async () => {
  const [one, other] = [new Feed<number>(), new Feed<number>()]
  const over = new AbortController()
  const heard: unknown[] = []
  const news = eachOf({ one: one.subscribe(over.signal), other: other.subscribe(over.signal) })
  one.publish(1)
  heard.push((await news.next()).value)
  other.publish(2)
  heard.push((await news.next()).value)
  other.publish(3)
  heard.push((await news.next()).value)
  over.abort()
  expect([heard, (await news.next()).done]).toEqual([[['one', 1], ['other', 2], ['other', 3]], true])
})
