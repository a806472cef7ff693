// Which tools said that they change nothing: noted when a server is listed in whole, looked up for those who may call no others.
import { hash } from 'node:crypto'
import { addToolDefinitions, listToolDefinitions } from '../../db/queries/tool-definitions.ts'
import type { ConnectionRow } from '../../db/schema/connection.ts'
import type { ToolDefinitionRow } from '../../db/schema/tool-definition.ts'
import type { Context, House } from '../context/context.ts'
import { DAY_MS, HOUR_MS } from '../lib/units.ts'
import { isPinnedReadOnly } from '../policy/pinned-definition.ts'

/** Of one server; a list of strangers' definitions must not fill the database. */
const MAX_NOTED = 1000
const KEPT_MS = DAY_MS + HOUR_MS

/** Asks for each tool: did it say so when the actor's limits were made, and does it say the same now? */
export async function findReadOnlyTools({ db, actor }: Context, { uid }: ConnectionRow): Promise<(tool: string) => boolean> {
  const byTool = new Map<string, ToolDefinitionRow[]>()
  for (const row of await listToolDefinitions(db, { connectionUid: uid })) byTool.set(row.tool, [...(byTool.get(row.tool) ?? []), row])
  const issuedAtMs = actor.kind === 'service_token' ? actor.issuedAtMs : db.now()
  return (tool) => isPinnedReadOnly(byTool.get(tool) ?? [], issuedAtMs)
}

/** `tools`: all that the server has now. */
export async function noteReadOnlyTools({ db }: House, { uid }: ConnectionRow, tools: readonly { name: string }[]): Promise<void> {
  const seenAt = db.now()
  const known = new Map((await listToolDefinitions(db, { connectionUid: uid })).map((row) => [row.tool, row]))
  const current = new Map(tools.map((tool) => [tool.name, tool]))
  const readOnly = tools.filter((tool) => saysReadOnly(tool) && !known.has(tool.name)).slice(0, Math.max(0, MAX_NOTED - known.size))
  const noted = [...readOnly.map(({ name }) => name), ...known.keys()]
  const rows = noted.map((name) => rowOf(uid, name, current.get(name), seenAt)).filter((row) => row.digest !== known.get(row.tool)?.digest)
  await addToolDefinitions(db, { connectionUid: uid, rows, forgetBefore: seenAt - KEPT_MS })
}

const rowOf = (connectionUid: string, tool: string, definition: { name: string } | undefined, seenAt: number): ToolDefinitionRow => ({
  connectionUid,
  tool,
  seenAt,
  digest: definition ? hash('sha256', JSON.stringify(definition), 'hex') : '',
  readOnly: definition !== undefined && saysReadOnly(definition),
})

/** MCP schema, ToolAnnotations: a hint, which is why it is pinned. */
const saysReadOnly = (tool: object): boolean => (tool as { annotations?: { readOnlyHint?: unknown } | null }).annotations?.readOnlyHint === true
