// One JSON-RPC request on a shared upstream session, answered as a value: what REST and tRPC stand on.
// The gateway streams instead.
import type { Context } from '../context/context.ts'
import { AppError, toAppError } from '../lib/app-error.ts'
import type { CallerSignal } from '../lib/caller-signal.ts'
import { composeMessage } from '../mcp/compose-message.ts'
import { createPooledCall } from '../mcp/renewing-exchange.ts'
import type { PooledCall } from '../mcp/pooled-request.ts'
import type { UpstreamTarget } from '../mcp/upstream-target.ts'
import { WholeAnswerSink } from '../mcp/whole-answer-sink.ts'
import { bytesOf } from '../lib/wire-bytes.ts'
import { principalOf } from '../policy/actor.ts'
import type { TraceContext } from '../telemetry/telemetry.ts'
import { readMessage, readResult } from './read-answer.ts'

export interface Question {
  method: string
  params: Record<string, unknown>
  signal?: CallerSignal | undefined
  trace?: TraceContext | undefined
}

/** The result member. @throws upstream.*, call.cancelled */
export async function askUpstream(context: Context, target: UpstreamTarget, { method, params, signal, trace }: Question): Promise<Record<string, unknown>> {
  const call: PooledCall = { message: composeMessage(method, params), principal: principalOf(context.actor), callerIsStateless: false, trace }
  return readResult(await exchange(context, target, call, signal))
}

function exchange(context: Context, target: UpstreamTarget, call: PooledCall, signal: CallerSignal | undefined): Promise<Record<string, unknown>> {
  return new Promise((resolve, reject) => {
    let over = () => {}
    const sink = new WholeAnswerSink({
      whole(_status, answer) {
        over()
        try {
          resolve(readMessage(bytesOf(answer)))
        } catch (error) {
          reject(toAppError(error))
        }
      },
      fail(error) {
        over()
        reject(error)
      },
    })
    const running = createPooledCall({ egress: context.egress, pool: context.pool, target, call, sink })
    if (signal) {
      const leave = () => {
        running.cancel()
        reject(callerLeft())
      }
      if (signal.aborted) return leave()
      signal.addEventListener('abort', leave, { once: true })
      over = () => signal.removeEventListener('abort', leave)
    }
    running.start()
  })
}

export const callerLeft = () => new AppError({ code: 'call.cancelled', kind: 'invalid', message: 'The caller cancelled the call.' })
