// Several processes, many callers, one token that ends. (`npm run soak` does the same with four processes and fifty callers at each.)
import { expect, it } from 'vitest'
import { stormOnToken } from '../support/storm-on-a-token.ts'

it('a token that ends under callers of two processes is renewed once each time, and nobody notices', async () => {
  const outcome = await stormOnToken({ processes: 2, callers: 10, rounds: 2 })
  expect(outcome).toEqual({ tokenRequests: [1, 1], reuses: 0, statuses: [200], calls: 40 })
})
