// What an action says to the form that was sent, if it does not lead elsewhere.
import { redirect } from '@remix-run/node'
import type { PageContext, Problem } from '../../lib/load-context.ts'
import type { TryOutcome } from './connection-types.ts'
import { type FormValues, valuesOfForm } from './form-values.ts'
import { findClientProblem } from './machine-client.ts'
import { type ConnectionForm, findRowProblem } from './read-connection-form.ts'

export interface FormAnswer {
  /** What was typed, without secrets, for a page that is drawn anew. */
  values: FormValues
  outcome?: TryOutcome
  problem?: Problem
}

export type FormResult = { outcome: TryOutcome } | { problem: Problem } | { leadsTo: string }

/** Runs `work` on a form whose rows make sense. A foreseen error becomes the answer; any other goes on. */
export async function answerForm(
  context: PageContext,
  form: ConnectionForm,
  work: () => Promise<FormResult>,
): Promise<FormAnswer | Response> {
  const values = valuesOfForm(form)
  const problem = findRowProblem(form, context.requestId) ?? findClientProblem(form, context.requestId)
  if (problem) return { values, problem }
  try {
    const result = await work()
    return 'leadsTo' in result ? redirect(result.leadsTo) : { values, ...result }
  } catch (error) {
    const explained = context.explain(error)
    if (!explained) throw error
    return { values, problem: explained }
  }
}
