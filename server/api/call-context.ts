// From the opaque handle that tRPC carries to the context that use cases take.
import type { Context } from '../context/context.ts'
import type { CallHandle } from './call-handle.ts'

const resolvers = new WeakMap<CallHandle, () => Promise<Context>>()
const opened = new WeakMap<CallHandle, Promise<Context>>()

/** `resolve` finds out who is asking: when the first procedure needs to know, and again when asked again. */
export function createCallHandle(requestId: string, resolve: () => Promise<Context>): CallHandle {
  const handle: CallHandle = { requestId }
  resolvers.set(handle, resolve)
  return handle
}

/** Asks again who is asking: what lasts longer than a request must end when its credential does. */
export async function reopenCall(handle: CallHandle): Promise<Context> {
  const resolve = resolvers.get(handle)
  if (!resolve) throw new Error('this call handle was not made by createCallHandle')
  return resolve()
}

/** Once for all calls of a batch. */
export function openCall(handle: CallHandle): Promise<Context> {
  const context = opened.get(handle) ?? reopenCall(handle)
  opened.set(handle, context)
  return context
}
