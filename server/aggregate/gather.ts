// One list out of many connections: asked side by side, told in the order of their ids. One that fails, or is slow, or waits for a
// person, is named beside the list and costs the others nothing.
import type { ListedConnection } from '../../db/queries/list-connections.ts'
import type { Context } from '../context/context.ts'
import { type AppError, toAppError } from '../lib/app-error.ts'
import { SECOND_MS } from '../lib/units.ts'
import { tookTooLong, waitsForPerson } from './aggregate-errors.ts'
import { readCursor, writeCursor, type GatherPosition } from './gather-cursor.ts'
import { type Item, type ListMethod, qualifyItems } from './list-kinds.ts'
import { listOne } from './list-one.ts'
import { visibleConnections } from './visible-connections.ts'

/** As many as a client that reads one page only should still see. */
const PAGE_ITEMS = 1000
const SIDE_BY_SIDE = 8
const DEADLINE_MS = 15 * SECOND_MS

export interface GatherInput {
  namespace: string
  method: ListMethod
  /** As the caller sent it. */
  cursor?: unknown
  signal: AbortSignal
  /** When a connection has had its time. */
  deadlineOf?: (connectionId: string) => AbortSignal
  pageItems?: number
}

export interface Unavailable {
  connectionId: string
  code: string
  message: string
}

export interface Gathered {
  items: Item[]
  unavailable: Unavailable[]
  nextCursor?: string
}

/** @throws namespace.not_found, policy.forbidden, aggregate.too_many_connections, aggregate.unknown_cursor */
export async function gather(context: Context, input: GatherInput): Promise<Gathered> {
  const { namespace, pageItems = PAGE_ITEMS } = input
  const from = readCursor(input.cursor)
  const connections = (await visibleConnections(context, namespace)).filter(({ connectionId }) => from === undefined || connectionId >= from.connectionId)
  const gathered: Gathered = { items: [], unavailable: [] }
  for (let start = 0; start < connections.length; start += SIDE_BY_SIDE) {
    const some = connections.slice(start, start + SIDE_BY_SIDE)
    const answers = await Promise.all(some.map((connection) => ask(context, input, connection)))
    for (const [index, answer] of answers.entries()) {
      const { connectionId } = some[index]!
      if (answer.unavailable) gathered.unavailable.push(answer.unavailable)
      const next = take(gathered.items, answer.items, { connectionId, offset: from?.connectionId === connectionId ? from.offset : 0 }, pageItems)
      if (next) return { ...gathered, nextCursor: writeCursor(next) }
    }
  }
  return gathered
}

/** Puts on the page what has room there, and says where the next one starts. */
function take(page: Item[], items: readonly Item[], { connectionId, offset }: GatherPosition, pageItems: number): GatherPosition | undefined {
  const room = pageItems - page.length
  page.push(...items.slice(offset, offset + room))
  return items.length - offset > room ? { connectionId, offset: offset + room } : undefined
}

interface Asked {
  items: Item[]
  unavailable?: Unavailable
}

async function ask(
  context: Context,
  { namespace, method, signal, deadlineOf = () => AbortSignal.timeout(DEADLINE_MS) }: GatherInput,
  { connectionId, status }: ListedConnection,
): Promise<Asked> {
  const missing = (error: AppError): Asked => ({ items: [], unavailable: { connectionId, code: error.code, message: error.message } })
  // It would only be refused.
  if (status.state === 'auth_required' || status.state === 'input_required') return missing(waitsForPerson())
  const deadline = deadlineOf(connectionId)
  try {
    const items = await listOne(context, { namespace, connectionId, method, signal: AbortSignal.any([signal, deadline]) })
    return { items: qualifyItems(method, connectionId, items) }
  } catch (error) {
    signal.throwIfAborted()
    return missing(deadline.aborted ? tookTooLong() : toAppError(error))
  }
}
