import type { Actor } from './actor.ts'
import { authorize } from './authorize.ts'
import { limitsCalls } from './call-limits.ts'
import { requestFor, type CallFacts, type OwnedConnection } from './permission.ts'

/** Those that this actor may call with some arguments. */
export function visibleTools<Tool extends { name: string }>(actor: Actor, row: OwnedConnection, tools: readonly Tool[], isReadOnly: CallFacts['isReadOnly']): Tool[] {
  if (!limitsCalls(actor)) return [...tools]
  return tools.filter(({ name }) => {
    const call: CallFacts = { method: 'tools/call', params: { name }, anyArguments: true, isReadOnly }
    return authorize(actor, requestFor('execute', row, call)).allowed
  })
}
