// Pages with several forms: the button that was pressed says which of them it was.
import { type ActionFunctionArgs, data } from '@remix-run/node'
import type { Problem } from './load-context.ts'

/** What a form gets back when it did not work. */
export interface Refusal {
  intent: string
  /** The row that the form stood in. */
  id: string | undefined
  problem: Problem
  /** What was typed, to type it again from there. Never a password. */
  typed: Readonly<Record<string, string>>
}

export const textOf = (form: FormData, name: string): string => {
  const value = form.get(name)
  return typeof value === 'string' ? value : ''
}

const SECRET = /password|code|^current$|^next$/i

function typedIn(form: FormData): Record<string, string> {
  return Object.fromEntries([...form].filter((entry): entry is [string, string] => typeof entry[1] === 'string' && !SECRET.test(entry[0])))
}

/** A failure that was foreseen becomes the form's problem; any other is the page's. */
export function refusalOf(context: ActionFunctionArgs['context'], form: FormData, error: unknown) {
  const problem = context.explain(error)
  if (!problem) throw error
  return refuse(form, problem)
}

/** For what the page itself has to check, because only the page asked for it. */
export const refuseField = (context: ActionFunctionArgs['context'], form: FormData, field: string, message: string) =>
  refuse(form, {
    code: 'input.invalid',
    message,
    status: 400,
    side: 'caller',
    field,
    upstreamText: undefined,
    retryAfterSeconds: undefined,
    requestId: context.requestId,
  })

function refuse(form: FormData, problem: Problem) {
  const refusal: Refusal = { intent: textOf(form, 'intent'), id: textOf(form, 'id') || undefined, problem, typed: typedIn(form) }
  return data({ refusal }, { status: problem.status })
}

type Intents = Readonly<Record<string, (form: FormData) => Promise<unknown>>>

/** Runs the one of `intents` that the form names. */
export async function runIntent<Mine extends Intents>({ request, context }: ActionFunctionArgs, intents: Mine) {
  const form = await request.formData()
  const intent = textOf(form, 'intent')
  if (!Object.hasOwn(intents, intent)) throw new Response(null, { status: 400 })
  const run = intents[intent] as Mine[keyof Mine]
  try {
    return (await run(form)) as Awaited<ReturnType<Mine[keyof Mine]>>
  } catch (error) {
    return refusalOf(context, form, error)
  }
}
