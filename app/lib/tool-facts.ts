// What a server says about one of its tools. Only the name is certain (MCP 2025-11-25 server/tools §Tool); the rest is a
// stranger's word, hints included: a client must not trust them.
import { isObject } from './is-object.ts'

export interface ToolFacts {
  name: string
  title: string | undefined
  description: string | undefined
  inputSchema: unknown
  outputSchema: unknown
  /** Each completes "says it …". */
  hints: ToolHint[]
}

export interface ToolHint {
  text: string
  tone: 'neutral' | 'warn'
}

const HINTS: readonly { name: string; yes: ToolHint; no?: ToolHint }[] = [
  { name: 'readOnlyHint', yes: { text: 'only reads', tone: 'neutral' }, no: { text: 'changes things', tone: 'neutral' } },
  { name: 'destructiveHint', yes: { text: 'may destroy', tone: 'warn' }, no: { text: 'only adds', tone: 'neutral' } },
  { name: 'idempotentHint', yes: { text: 'is safe to repeat', tone: 'neutral' } },
  { name: 'openWorldHint', yes: { text: 'reaches other systems', tone: 'neutral' }, no: { text: 'stays in its own system', tone: 'neutral' } },
]

const textOf = (value: unknown): string | undefined => (typeof value === 'string' && value.trim() !== '' ? value : undefined)

export function readToolFacts(tool: { name: string; [member: string]: unknown }): ToolFacts {
  const annotations = isObject(tool.annotations) ? tool.annotations : {}
  return {
    name: tool.name,
    title: textOf(tool.title) ?? textOf(annotations.title),
    description: textOf(tool.description),
    inputSchema: tool.inputSchema,
    outputSchema: isObject(tool.outputSchema) ? tool.outputSchema : undefined,
    hints: HINTS.flatMap(({ name, yes, no }) => {
      // The two in the middle mean something only for a tool that changes things.
      if (annotations.readOnlyHint === true && (name === 'destructiveHint' || name === 'idempotentHint')) return []
      if (annotations[name] === true) return [yes]
      return annotations[name] === false && no ? [no] : []
    }),
  }
}
