// The playground without scripts: a posted form calls the tool, or checks the connection again.
import { type ActionFunctionArgs, redirect } from '@remix-run/node'
import { isObject } from '../../lib/is-object.ts'
import type { Problem } from '../../lib/load-context.ts'
import { foreseen } from './load-playground.ts'

export interface FormCall {
  text: string
  answer: { result: unknown; problem?: undefined; refused?: undefined } | { problem: Problem; refused?: undefined } | { refused: string; problem?: undefined }
}

type Loading = ActionFunctionArgs['context']

export async function callByForm(context: Loading, address: { namespace: string; connectionId: string }, form: FormData): Promise<FormCall> {
  const text = String(form.get('arguments') ?? '')
  const given = parseArguments(text)
  if (!given) return { text, answer: { refused: 'Arguments are a JSON object: { "name": value }.' } }
  try {
    const result: unknown = await context.api.tools.invoke({ ...address, tool: String(form.get('tool') ?? ''), arguments: given })
    return { text, answer: { result } }
  } catch (error) {
    return { text, answer: { problem: foreseen(context, error) } }
  }
}

/** The outcome is the connection's status, which the page shows anyway. */
export async function checkByForm(context: Loading, address: { namespace: string; connectionId: string }, backTo: string): Promise<Response> {
  try {
    await context.api.connections.check(address)
  } catch (error) {
    foreseen(context, error)
  }
  return redirect(backTo)
}

function parseArguments(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text.trim() === '' ? '{}' : text)
    return isObject(value) ? value : undefined
  } catch {
    return undefined
  }
}
