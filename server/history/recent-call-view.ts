export interface Caller {
  kind: 'api_key' | 'member'
  id: string
  /** null: it is gone. */
  name: string | null
}

export interface RecentCallView {
  at: string
  /** The tool's name, or the method for anything but a tool call. */
  tool: string
  durationMs: number
  failed: boolean
  /** Our error's; null if it went well, or the tool itself said that it failed. */
  code: string | null
  caller: Caller
  requestId: string
}
