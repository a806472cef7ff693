// What lasts as long as its caller likes, streams of news and long polls, is counted for its organization: a tenant makes as many
// connections as it likes, and each stream costs this process a socket or two.
import { AppError } from '../lib/app-error.ts'
import type { Context } from './context.ts'

/** Until the returned function is called, which is once. @throws limits.too_many_streams */
export function holdStream({ streams, actor }: Pick<Context, 'streams' | 'actor'>): () => void {
  const held = streams.take(actor.organizationId)
  if (!held) throw tooManyStreams()
  return () => streams.give(held)
}

const tooManyStreams = () =>
  new AppError({
    code: 'limits.too_many_streams',
    kind: 'rate_limited',
    message: 'Your organization holds too many streams open already. Close some of them, and try again.',
    retryAfterSeconds: 10,
  })
