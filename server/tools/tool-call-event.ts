// What somebody who watches a tool call is told.

export type JsonMessage = Record<string, unknown>

export interface ReceivedMessage {
  /** Since the call was made. */
  atMs: number
  message: JsonMessage
}

export type ToolCallEvent =
  /** The message as it was composed here, without headers. */
  | { type: 'sent'; message: JsonMessage }
  /** In the order in which they came; the last is the answer. */
  | ({ type: 'received' } & ReceivedMessage)
  | { type: 'result'; result: JsonMessage; durationMs: number }
