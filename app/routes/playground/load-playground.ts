// What the playground starts from. An upstream that is slow or dead must not keep the page away.
import type { LoaderFunctionArgs } from '@remix-run/node'
import type { ConnectionOption } from '../../components/playground/connection-option.ts'
import type { OfferedTools } from '../../components/playground/offered-tools.ts'
import type { Problem } from '../../lib/load-context.ts'

type Loading = LoaderFunctionArgs['context']

const NEWEST = 50
/** Until then it is worth to wait with the page; later the browser asks itself. */
const PATIENCE_MS = 1_000

const optionOf = ({ connectionId, name, status }: ConnectionOption): ConnectionOption => ({ connectionId, name, status: { state: status.state } })

export async function loadNewest(context: Loading, namespace: string): Promise<ConnectionOption[]> {
  const { connections } = await context.api.connections.list({ namespace, limit: NEWEST })
  return connections.map(optionOf)
}

interface Picked {
  connection: ConnectionOption | undefined
  problem: Problem | undefined
}

/** The one asked for, else the newest that works. */
export async function pickConnection(context: Loading, namespace: string, newest: readonly ConnectionOption[], asked: string | undefined): Promise<Picked> {
  const known = asked === undefined ? (newest.find(({ status }) => status.state === 'connected') ?? newest[0]) : newest.find(({ connectionId }) => connectionId === asked)
  if (known || asked === undefined) return { connection: known, problem: undefined }
  try {
    return { connection: optionOf(await context.api.connections.get({ namespace, connectionId: asked })), problem: undefined }
  } catch (error) {
    return { connection: undefined, problem: foreseen(context, error) }
  }
}

export async function loadTools(context: Loading, address: { namespace: string; connectionId: string }): Promise<OfferedTools> {
  const listed = context.api.tools.list(address).then(
    ({ tools }): OfferedTools => ({ tools }),
    (error: unknown): OfferedTools => ({ problem: foreseen(context, error) }),
  )
  return soon(listed, { isSlow: true })
}

/** @throws the error itself if it was not foreseen */
export function foreseen(context: Loading, error: unknown): Problem {
  const problem = context.explain(error)
  if (!problem) throw error
  return problem
}

async function soon<T>(answer: Promise<T>, otherwise: T): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const patience = new Promise<T>((resolve) => {
    timer = setTimeout(resolve, PATIENCE_MS, otherwise)
  })
  // Too late to be handled by the page, and no reason to stop the process.
  answer.catch(() => {})
  return Promise.race([answer, patience]).finally(() => clearTimeout(timer))
}
