import type { PageContext } from './load-context.ts'

/** What a loader waits for. @throws a foreseen error as an answer of its status, for the page that shows it */
export async function orProblemPage<Value>({ explain }: Pick<PageContext, 'explain'>, work: Promise<Value>): Promise<Value> {
  try {
    return await work
  } catch (error) {
    const problem = explain(error)
    throw problem ? Response.json(problem, { status: problem.status }) : error
  }
}
