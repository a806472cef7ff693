// What one connection has of a kind.
import { requireHandle, type ConnectionName } from '../connections/find-handle.ts'
import type { Context } from '../context/context.ts'
import { isAppError } from '../lib/app-error.ts'
import type { CallerSignal } from '../lib/caller-signal.ts'
import { principalOf } from '../policy/actor.ts'
import { callUpstream } from '../tools/call-upstream.ts'
import { collectPages } from '../tools/collect-pages.ts'
import { listTools } from '../tools/list-tools.ts'
import { isItem, type Item, type ListMethod, listKind } from './list-kinds.ts'

export interface ListOneInput extends ConnectionName {
  method: ListMethod
  signal: CallerSignal
}

/** Nothing, if the server has no such things or this caller may not list them. @throws upstream.*, connection.*, call.cancelled */
export async function listOne(context: Context, input: ListOneInput): Promise<Item[]> {
  try {
    return input.method === 'tools/list' ? (await listTools(context, input)).tools : await listOthers(context, input)
  } catch (error) {
    if (isAppError(error) && NOTHING.has(error.code)) return []
    throw error
  }
}

/** `connection.not_found`: it was deleted since it was found. */
const NOTHING: ReadonlySet<string> = new Set(['upstream.method_not_found', 'policy.forbidden', 'policy.call_forbidden', 'connection.not_found'])

async function listOthers(context: Context, { method, signal, ...name }: ListOneInput): Promise<Item[]> {
  const handle = await requireHandle(context, name, 'execute', { method })
  const { member, capability } = listKind(method)
  const identity = context.pool.find(handle.target, principalOf(context.actor))?.identity
  // Whoever is known not to have any is not asked.
  if (identity && identity.capabilities[capability] === undefined) return []
  const ask = (params: { cursor?: string }) => callUpstream(context, handle, { method, params, label: method, signal })
  return collectPages(ask, { method, member, isItem })
}
