// A tool as the server describes it, cut down to what a list shows. All of it is a stranger's word: its hints, too.
import type { BadgeTone } from '../../ui/badge.tsx'
import type { Tool } from './connection-types.ts'

export interface ToolHint {
  label: string
  tone: BadgeTone
}

export interface ShownTool {
  name: string
  title: string | undefined
  description: string | undefined
  hints: ToolHint[]
  /** JSON, laid out. */
  inputSchema: string | undefined
}

const MAX_DESCRIPTION = 2_000
const MAX_SCHEMA = 50_000

const textOf = (value: unknown): string | undefined => (typeof value === 'string' && value.trim() !== '' ? value : undefined)
const clip = (text: string, length: number) => (text.length > length ? `${text.slice(0, length)}…` : text)

/** MCP 2025-06-18 schema, ToolAnnotations: what is left out is not shown, though a default is defined for it. */
function hintsOf(annotations: Record<string, unknown>): ToolHint[] {
  const hints: ToolHint[] = []
  if (annotations.readOnlyHint === true) hints.push({ label: 'Read-only', tone: 'neutral' })
  // Meaningful only for a tool that changes something.
  if (annotations.readOnlyHint !== true && annotations.destructiveHint === true) hints.push({ label: 'Destructive', tone: 'warn' })
  if (annotations.readOnlyHint !== true && annotations.idempotentHint === true) hints.push({ label: 'Idempotent', tone: 'neutral' })
  return hints
}

export function shownTool(tool: Tool): ShownTool {
  const { name, title, description, annotations, inputSchema } = tool as Tool & Record<string, unknown>
  const notes = typeof annotations === 'object' && annotations !== null ? (annotations as Record<string, unknown>) : {}
  const text = textOf(description)
  return {
    name,
    title: textOf(title) ?? textOf(notes.title),
    description: text && clip(text, MAX_DESCRIPTION),
    hints: hintsOf(notes),
    inputSchema: inputSchema === undefined ? undefined : clip(JSON.stringify(inputSchema, null, 2), MAX_SCHEMA),
  }
}

/** By words in what is shown of it. */
export const matchesWords = ({ name, title = '', description = '' }: ShownTool, words: string): boolean => {
  const text = `${name} ${title} ${description}`.toLowerCase()
  return words.toLowerCase().split(/\s+/).every((word) => text.includes(word))
}
