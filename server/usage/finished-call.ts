/** What is told of a call when it is over: that it was made and how it went, nothing of what was said. */
export interface FinishedCall {
  connectionUid: string
  namespace: string
  /** The tool's name, or the method for anything but a tool call. */
  tool: string
  durationMs: number
  failed: boolean
  /** Of the error that ended it. Undefined if it went well, or the tool itself said that it failed. */
  code: string | undefined
  /** Who called, as `kind:id`. */
  principal: string
  requestId: string
}
