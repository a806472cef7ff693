export interface ToolCall {
  connectionId: string
  tool: string
  arguments: Record<string, unknown>
}
