// What the endpoint's own tools answer. What they were asked wrongly is told to the model, as the result of the tool
// (MCP 2025-11-25 tools §error handling).
import { z } from 'zod'
import { viewOf } from '../connections/view-of.ts'
import type { Context } from '../context/context.ts'
import { isAppError, toAppError } from '../lib/app-error.ts'
import { unknownName } from './aggregate-errors.ts'
import { gather, type Unavailable } from './gather.ts'
import { type Item, qualifyItems } from './list-kinds.ts'
import { listOne } from './list-one.ts'
import { readName } from './qualified-name.ts'
import { rankTools } from './rank-tools.ts'
import { visibleConnections } from './visible-connections.ts'

interface OwnCall {
  namespace: string
  tool: string
  arguments: unknown
  signal: AbortSignal
}

/** @throws namespace.not_found, policy.forbidden and what is nobody's mistake */
export async function answerOwnTool(context: Context, call: OwnCall): Promise<Item> {
  try {
    return toolResult(await answerOf(context, call))
  } catch (error) {
    const failure = error instanceof z.ZodError ? undefined : toAppError(error)
    if (failure && !(isAppError(error) && (failure.kind === 'invalid' || failure.kind === 'conflict'))) throw error
    return { content: [{ type: 'text', text: failure?.message ?? z.prettifyError(error as z.ZodError) }], isError: true }
  }
}

/** As text, too, for clients that do not look at structured content. */
const toolResult = (value: Item): Item => ({ content: [{ type: 'text', text: JSON.stringify(value) }], structuredContent: value })

function answerOf(context: Context, call: OwnCall): Promise<Item> {
  if (call.tool === 'search_tools') return search(context, call)
  if (call.tool === 'describe_tool') return describe(context, call)
  return tellConnections(context, call)
}

const searchInput = z.strictObject({ query: z.string().max(1000), limit: z.int().min(1).max(50).default(10) })

async function search(context: Context, { namespace, signal, arguments: given }: OwnCall): Promise<Item> {
  const { query, limit } = searchInput.parse(given ?? {})
  const tools: Item[] = []
  const unavailable: Unavailable[] = []
  let cursor: string | undefined
  do {
    const page = await gather(context, { namespace, method: 'tools/list', cursor, signal })
    tools.push(...page.items)
    unavailable.push(...page.unavailable)
    cursor = page.nextCursor
  } while (cursor !== undefined)
  const found = rankTools(tools, query).slice(0, limit).map(({ name, title, description }) => ({ name, title, description }))
  return { tools: found, ...(unavailable.length > 0 && { unavailable }) }
}

const describeInput = z.strictObject({ name: z.string() })

async function describe(context: Context, { namespace, signal, arguments: given }: OwnCall): Promise<Item> {
  const { name } = describeInput.parse(given ?? {})
  const place = readName(name)
  const listed = place ? await listOne(context, { namespace, connectionId: place.connectionId, method: 'tools/list', signal }) : []
  const tool = place && qualifyItems('tools/list', place.connectionId, listed).find((candidate) => candidate.name === name)
  if (!tool) throw unknownName('tool')
  return { tool }
}

/** A status has its setup link for those who may change the connection, and for nobody else. */
async function tellConnections(context: Context, { namespace }: OwnCall): Promise<Item> {
  const rows = await visibleConnections(context, namespace)
  await context.vault.prepareOrganization(context.actor.organizationId)
  const connections = rows.map((row) => viewOf(context, row)).map(({ connectionId, name, status }) => ({ connectionId, name, status }))
  return { connections }
}
