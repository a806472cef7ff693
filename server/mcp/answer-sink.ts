import type { AppError } from '../lib/app-error.ts'
import type { WireBytes } from '../lib/wire-bytes.ts'

/** Where an answer goes: a response at the gateway, or a buffer for REST and tRPC. Either `whole`, or one of `json` / `events`, `write`s, then `end`; `fail` at any time, once, instead of what is left. */
export interface AnswerSink {
  /** The whole answer, one JSON-RPC message; nothing follows. `status` is the upstream's where it means something (404 for an unknown method). */
  whole(status: number, answer: WireBytes): void
  /** One JSON-RPC message follows in pieces. */
  json(status: number): void
  /** Server-sent events follow. */
  events(): void
  /** False: call `pause` until the sink asks for more. */
  write(bytes: Buffer): boolean
  end(): void
  fail(error: AppError): void
}
