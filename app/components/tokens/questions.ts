// What can be tried against a policy: what one would do with a connection, as the page's choices.
import { isObject } from '../../lib/is-object.ts'
import type { FirstCall } from '../../lib/load-context.ts'
import type { Question } from './token-types.ts'

interface Deed {
  id: string
  label: string
  asks: Pick<Question, 'operation' | 'method'>
  /** Also: which tool, and with what. */
  takesTool?: true
}

export const DEEDS: readonly Deed[] = [
  { id: 'call', label: 'Call a tool', asks: { operation: 'execute', method: 'tools/call' }, takesTool: true },
  { id: 'list', label: 'List its tools', asks: { operation: 'execute', method: 'tools/list' } },
  { id: 'resource', label: 'Read a resource', asks: { operation: 'execute', method: 'resources/read' } },
  { id: 'prompt', label: 'Get a prompt', asks: { operation: 'execute', method: 'prompts/get' } },
  { id: 'see', label: 'See the connection', asks: { operation: 'read' } },
  { id: 'change', label: 'Change or delete it', asks: { operation: 'write' } },
]

/** The form as it is filled in. */
export interface Attempt {
  connectionId: string
  deed: string
  tool: string
  arguments: string
}

export const deedOf = ({ deed }: Attempt): Deed => DEEDS.find(({ id }) => id === deed) ?? DEEDS[0]!

/** Undefined for what is no JSON object. */
export function readArguments(text: string): Record<string, unknown> | undefined {
  if (text.trim() === '') return {}
  try {
    const value: unknown = JSON.parse(text)
    return isObject(value) ? value : undefined
  } catch {
    return undefined
  }
}

/** Undefined as long as something is missing. */
export function questionOf(attempt: Attempt): Question | undefined {
  const { asks, takesTool } = deedOf(attempt)
  const connectionId = attempt.connectionId.trim()
  if (connectionId === '') return undefined
  if (!takesTool) return { ...asks, connectionId }
  const input = readArguments(attempt.arguments)
  const tool = attempt.tool.trim()
  return tool === '' || !input ? undefined : { ...asks, connectionId, tool, arguments: input }
}

/** What was asked, as a call that can be made. */
export function callOf(namespace: string, question: Question | undefined): FirstCall | undefined {
  if (question?.connectionId === undefined || question.tool === undefined) return undefined
  return { namespace, connectionId: question.connectionId, tool: question.tool, arguments: question.arguments ?? {} }
}
