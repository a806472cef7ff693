// From the opaque handle that tRPC carries to the context that use cases take.
import type { Context } from '../context/context.ts'
import type { CallerSignal } from '../lib/caller-signal.ts'
import type { CallHandle } from './call-handle.ts'

class OpenableCall implements CallHandle {
  readonly requestId: string
  readonly callerSignal: CallerSignal | undefined
  readonly #resolve: () => Promise<Context>
  #opened: Promise<Context> | undefined

  constructor(requestId: string, resolve: () => Promise<Context>, callerSignal: CallerSignal | undefined) {
    this.requestId = requestId
    this.callerSignal = callerSignal
    this.#resolve = resolve
  }

  reopen(): Promise<Context> {
    return this.#resolve()
  }

  open(): Promise<Context> {
    return (this.#opened ??= this.#resolve())
  }
}

/** `resolve` finds out who is asking: when the first procedure needs to know, and again when asked again. */
export const createCallHandle = (requestId: string, resolve: () => Promise<Context>, callerSignal?: CallerSignal): CallHandle =>
  new OpenableCall(requestId, resolve, callerSignal)

function openable(handle: CallHandle): OpenableCall {
  if (!(handle instanceof OpenableCall)) throw new Error('this call handle was not made by createCallHandle')
  return handle
}

/** Asks again who is asking: what lasts longer than a request must end when its credential does. */
export const reopenCall = async (handle: CallHandle): Promise<Context> => openable(handle).reopen()

/** Once for all calls of a batch. */
export const openCall = async (handle: CallHandle): Promise<Context> => openable(handle).open()
