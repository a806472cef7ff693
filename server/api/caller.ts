// The same procedures inside this process, for our own pages: they have no other way in.
import { contextFor, type House } from '../context/context.ts'
import { signedOut } from '../identity/identity-errors.ts'
import { newRequestId } from '../lib/ids.ts'
import type { ReadOrigin } from '../lib/request-origin.ts'
import type { Actor } from '../policy/actor.ts'
import { createCallHandle } from './call-context.ts'
import { noteFailure } from './note-failure.ts'
import { createCallerFactory } from './procedures.ts'
import { appRouter } from './router.ts'

const createRouterCaller = createCallerFactory(appRouter)

export type Caller = ReturnType<typeof createRouterCaller>

/** Calls as `actor`; `requestId` is the one of the page that asks. */
export const createCaller = (house: House, actor: Actor, requestId: string = newRequestId(), readOrigin?: ReadOrigin): Caller =>
  createRouterCaller(
    createCallHandle(requestId, async () => contextFor(house, actor, requestId, readOrigin)),
    { onError: (failed) => noteFailure(house, requestId, failed) },
  )

/** For a page that nobody is signed in to: each call is refused. */
export const createStrangersCaller = (requestId: string): Caller => createRouterCaller(createCallHandle(requestId, () => Promise.reject(signedOut())))
