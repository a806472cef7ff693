// The procedures, from the browser: the cookie says who asks. Not for loaders, which have them in `context.api`.
import { createTRPCClient, httpBatchStreamLink, httpSubscriptionLink, splitLink } from '@trpc/client'
import type { AppRouter } from './load-context.ts'

const url = '/trpc'
/** What the server takes in one request. */
const MAX_BATCH = 10

export const api = createTRPCClient<AppRouter>({
  links: [
    splitLink({
      condition: ({ type }) => type === 'subscription',
      true: httpSubscriptionLink({ url }),
      false: httpBatchStreamLink({ url, maxItems: MAX_BATCH }),
    }),
  ],
})
